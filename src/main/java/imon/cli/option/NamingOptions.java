package imon.cli.option;

import imon.name.SiteGroups;
import imon.name.SiteNaming.Given;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Under which names sites are shown. */
public final class NamingOptions {
  /** Says that there are no groups; a file of that name is {@code ./none}. */
  private static final Path NONE = Path.of("none");

  @Option(
      names = "--groups",
      paramLabel = "FILE",
      description =
          "Your own names for sites: lines such as 'YouTube = youtube.com, ytimg.com'; none: not"
              + " even those that the store keeps.")
  private @Nullable Path groups;

  @Option(
      names = "--site-level",
      paramLabel = "LEVEL",
      description =
          "domain (example.com, the default unless the store keeps another) or host"
              + " (www.example.com).")
  private @Nullable String level;

  /** The names that are asked for, as far as they are. */
  Given naming() throws IOException {
    return new Given(
        level == null ? null : isByHost(level.toLowerCase(Locale.ROOT)),
        groups == null ? null : read(groups));
  }

  private static SiteGroups read(Path file) throws IOException {
    return file.equals(NONE) ? SiteGroups.NONE : SiteGroups.read(file);
  }

  private static boolean isByHost(String level) {
    return switch (level) {
      case "host" -> true;
      case "domain" -> false;
      default ->
          throw new IllegalArgumentException("--site-level " + level + ": give domain or host");
    };
  }
}
