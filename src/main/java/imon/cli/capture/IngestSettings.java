package imon.cli.capture;

import imon.cli.option.FactSettings;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whether and where finished files are kept in a store. */
final class IngestSettings {
  /** Says that libraries may be loaded, as the manifest does for {@code java -jar}. */
  private static final String NATIVE = "--enable-native-access=ALL-UNNAMED";

  private static final int FIRST_JAVA_THAT_WARNS = 24;

  /** Of this process only, and not of a child. */
  private static final List<String> OWN_OPTIONS =
      List.of("-agentlib:", "-agentpath:", "-javaagent:", "-Dimon.", "-XX:ArchiveClassesAtExit");

  @Option(
      names = "--db",
      paramLabel = "FILE",
      description = "Keep each finished file in this store, by a process of lower priority.")
  private @Nullable Path store;

  @Option(
      names = "--source",
      paramLabel = "NAME",
      defaultValue = "",
      description = "With --db: which network this is.")
  private String source = "";

  @Mixin private FactSettings facts = new FactSettings();

  /** Whether files are kept in a store. */
  boolean isAsked() {
    if (store == null && !source.isEmpty()) {
      throw new IllegalArgumentException("--source " + source + ": needs --db FILE");
    }
    List<String> options = facts.options().words();
    if (store == null && !options.isEmpty()) {
      throw new IllegalArgumentException(options.get(0) + ": needs --db FILE");
    }
    return store != null;
  }

  /** This program as a child process that takes files in; their names come after it. */
  List<String> command() {
    List<String> words =
        new ArrayList<>(
            List.of(
                "nice",
                "-n",
                "10",
                Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    words.addAll(
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(option -> OWN_OPTIONS.stream().noneMatch(option::startsWith))
            .toList());
    if (Runtime.version().feature() >= FIRST_JAVA_THAT_WARNS && !words.contains(NATIVE)) {
      words.add(NATIVE);
    }
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), "imon.cli.Main", "analyze"));
    words.add("--db=" + store);
    words.add("--source=" + source);
    words.addAll(facts.options().words());
    return words;
  }
}
