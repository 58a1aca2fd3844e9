package imon.report.text;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where templates, style sheet and scripts of pages come from: the program's own, unless a user's
 * folder has a file of the same name.
 *
 * @param folder of the user, or null
 */
public record PageTemplates(@Nullable Path folder) {
  /** The program's own. */
  public static final PageTemplates BUILT_IN = new PageTemplates(null);

  static final String RESOURCES = "/templates";

  public PageTemplates {
    if (folder != null && !Files.isDirectory(folder)) {
      throw new IllegalArgumentException(
          "--templates %s: no such folder; give one with files like report.ftlh"
              .formatted(VisibleText.of(folder.toString())));
    }
  }

  /** The user's own files that are read: those that have a name of the program's. */
  public List<Path> files() throws IOException {
    if (folder == null) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> isPart(file.getFileName().toString())).toList();
    }
  }

  private static boolean isPart(String name) {
    return PageTemplates.class.getResource(RESOURCES + "/" + name) != null;
  }

  /** A file as text, its lines ended by LF. */
  String text(String name) throws IOException {
    Path own = folder == null ? null : folder.resolve(name);
    String text = own != null && Files.isRegularFile(own) ? Files.readString(own) : builtIn(name);
    return text.replace("\r\n", "\n");
  }

  private static String builtIn(String name) throws IOException {
    try (InputStream in = PageTemplates.class.getResourceAsStream(RESOURCES + "/" + name)) {
      if (in == null) {
        throw new FileNotFoundException(name + " is missing from the program; install it again");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
