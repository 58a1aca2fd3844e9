package imon.job;

import imon.job.Retention.Aged;
import imon.job.file.Job;
import imon.job.file.Job.Reports;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The folders of a job's reports, side by side. */
final class ReportFolders {
  private static final String LATEST = "latest";
  private static final String A_DAY = "\\d{4}-\\d\\d-\\d\\d";
  private static final String A_SECOND = A_DAY + "-\\d{6}";

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
    List<Aged> all = newestFirst();
    Path link = parent.resolve(LATEST);
    if (!reports.latest() || all.isEmpty()) {
      return;
    }
    if (Files.exists(link, LinkOption.NOFOLLOW_LINKS) && !Files.isSymbolicLink(link)) {
      throw new IOException(link + ": is no link, and is left alone; move it away");
    }
    Path part = parent.resolve(LATEST + ".part");
    Files.deleteIfExists(part);
    Files.createSymbolicLink(part, all.get(0).path().getFileName());
    Files.move(part, link, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * By the dates in their names, whatever happened in them since; those that hold no report are
   * none of them.
   */
  List<Aged> newestFirst() throws IOException {
    List<Aged> folders = new ArrayList<>();
    if (!Files.isDirectory(parent)) {
      return folders;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent)) {
      for (Path entry : entries) {
        if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS) && isOurs(entry)) {
          written(entry).ifPresent(time -> folders.add(new Aged(entry, time)));
        }
      }
    }
    folders.sort(Comparator.comparing(Aged::path).reversed());
    return folders;
  }

  /** When its report was written; of any format, as the job may have had others once. */
  private static Optional<Instant> written(Path folder) throws IOException {
    List<Instant> times = new ArrayList<>();
    for (Job.Format format : Job.Format.values()) {
      Path file = folder.resolve(format.fileName());
      if (Files.isRegularFile(file)) {
        times.add(Files.getLastModifiedTime(file).toInstant());
      }
    }
    return times.stream().max(Comparator.naturalOrder());
  }

  private boolean isOurs(Path folder) {
    String name = folder.getFileName().toString();
    return name.length() > before.length() + after.length()
        && name.startsWith(before)
        && name.endsWith(after)
        && name.substring(before.length(), name.length() - after.length())
            .matches(reports.span() == Job.Span.RUN ? A_SECOND : A_DAY);
  }

  /** Deletes a report, and its folder unless something else is in it. */
  static boolean delete(Path folder) throws IOException {
    boolean deleted = false;
    for (Job.Format format : Job.Format.values()) {
      deleted |= Files.deleteIfExists(folder.resolve(format.fileName()));
    }
    try (DirectoryStream<Path> rest = Files.newDirectoryStream(folder)) {
      if (rest.iterator().hasNext()) {
        return deleted;
      }
    }
    Files.delete(folder);
    return deleted;
  }
}
