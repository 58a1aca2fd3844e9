package imon.cli.option;

import imon.name.SiteGroups;
import imon.name.SiteNaming;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Under which names sites are shown. */
public final class NamingOptions {
  @Option(
      names = "--groups",
      paramLabel = "FILE",
      description = "Your own names for sites: lines such as 'YouTube = youtube.com, ytimg.com'.")
  private @Nullable Path groups;

  @Option(
      names = "--site-level",
      paramLabel = "LEVEL",
      description = "domain (example.com, the default) or host (www.example.com).")
  private @Nullable String level;

  /** The names that are asked for; null for those a store has, or the plain ones. */
  @Nullable SiteNaming naming() throws IOException {
    if (groups == null && level == null) {
      return null;
    }
    boolean byHost = level != null && isByHost(level.toLowerCase(Locale.ROOT));
    return new SiteNaming(byHost, groups == null ? SiteGroups.NONE : SiteGroups.read(groups));
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
