package imon.job;

import imon.job.file.Job;
import imon.job.file.Job.Reports;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The folders of a job's reports, side by side. */
final class ReportFolders {
  private static final String LATEST = "latest";
  private static final String A_DATE = "\\d{4}-\\d\\d-\\d\\d(-\\d{6})?";

  private final Reports reports;
  private final Path parent;
  private final String before;
  private final String after;

  ReportFolders(Reports reports) {
    this.reports = reports;
    parent = reports.folder().resolveSibling("");
    String name = reports.folder().getFileName().toString();
    int date = name.indexOf(Reports.DATE);
    before = name.substring(0, date);
    after = name.substring(date + Reports.DATE.length());
  }

  /** Where a report goes. */
  Path of(ReportPeriod period) {
    return parent.resolve(before + period.date() + after);
  }

  /** Lets the link show the newest report there is; nothing but a link is ever replaced. */
  void link() throws IOException {
    List<Path> all = newestFirst();
    Path link = parent.resolve(LATEST);
    if (!reports.latest() || all.isEmpty()) {
      return;
    }
    if (Files.exists(link, LinkOption.NOFOLLOW_LINKS) && !Files.isSymbolicLink(link)) {
      throw new IOException(link + ": is no link, and is left alone; move it away");
    }
    Path part = parent.resolve(LATEST + ".part");
    Files.deleteIfExists(part);
    Files.createSymbolicLink(part, all.get(0).getFileName());
    Files.move(part, link, StandardCopyOption.ATOMIC_MOVE);
  }

  /** By the dates in their names. */
  List<Path> newestFirst() throws IOException {
    List<Path> folders = new ArrayList<>();
    if (!Files.isDirectory(parent)) {
      return folders;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent)) {
      for (Path entry : entries) {
        if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS) && isOurs(entry)) {
          folders.add(entry);
        }
      }
    }
    folders.sort(Comparator.reverseOrder());
    return folders;
  }

  private boolean isOurs(Path folder) {
    String name = folder.getFileName().toString();
    return name.length() > before.length() + after.length()
        && name.startsWith(before)
        && name.endsWith(after)
        && name.substring(before.length(), name.length() - after.length()).matches(A_DATE);
  }

  /** Deletes a report, and its folder unless something else is in it. */
  static void delete(Path folder) throws IOException {
    for (Job.Format format : Job.Format.values()) {
      Files.deleteIfExists(folder.resolve(format.fileName()));
    }
    try (DirectoryStream<Path> rest = Files.newDirectoryStream(folder)) {
      if (rest.iterator().hasNext()) {
        return;
      }
    }
    Files.delete(folder);
  }
}
