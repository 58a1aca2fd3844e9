package imon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.testing.LongTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that docs/store.md shows under "Asked and answered" print what stands there. */
class StoreExamplesTest {
  private static final String SECTION = "## Asked and answered";
  private static final String INDENT = "    ";
  private static final String PROMPT = "$ imon ";
  private static final String IN_BACKGROUND = " &";
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");
  private static final Pattern UNSEEN = Pattern.compile(" > \\S+$");

  @TempDir private static Path folder;
  private static List<Example> examples;

  /** What the commands before the one in the background print. */
  private static List<String> printed;

  /**
   * A command and what it prints.
   *
   * @param command what follows the program's name
   */
  private record Example(String command, List<String> output) {
    boolean isInBackground() {
      return command.endsWith(IN_BACKGROUND);
    }

    /** Its words, with the files it makes in a folder of the test. */
    List<String> words() {
      List<String> words = new ArrayList<>();
      String line = UNSEEN.matcher(command).replaceFirst("").replaceFirst(IN_BACKGROUND + "$", "");
      for (Matcher word = WORD.matcher(line); word.find(); ) {
        String text = word.group(1) == null ? word.group(2) : word.group(1);
        words.add(text.startsWith("nights") ? folder.resolve(text).toString() : text);
      }
      return words;
    }

    String run() {
      Program run = Program.run(words()).done();
      assertEquals("", run.err());
      return UNSEEN.matcher(command).find() ? "" : run.out();
    }
  }

  @BeforeAll
  static void runThem() throws IOException {
    examples = read();
    printed = new ArrayList<>();
    for (Example example : examples.subList(0, background())) {
      printed.add(example.run());
    }
  }

  @Test
  void whatTheDocumentShowsIsPrinted() {
    assertTrue(printed.size() > 5, printed::toString);
    assertEquals(text(examples.subList(0, background())), text(printed));
  }

  @LongTest
  @Test
  void theStoreAnswersWhileACaptureRuns() throws Exception {
    VethPair veth = VethPair.make();
    List<String> words = new ArrayList<>(examples.get(background()).words());
    words.replaceAll(word -> word.equals("eth0") ? veth.far : word);
    List<Example> meanwhile = examples.subList(background() + 1, examples.size());
    assertTrue(!meanwhile.isEmpty());
    try (CaptureProcess capture =
        CaptureProcess.start(
                folder,
                veth.inNamespace(),
                List.of(),
                CaptureProcess.classPath(),
                words.toArray(String[]::new))
            .untilItCaptures()) {
      assertEquals(text(meanwhile), text(meanwhile.stream().map(Example::run).toList()));
      assertEquals(0, capture.end("TERM"), capture.err());
    } finally {
      veth.remove();
    }
  }

  private static int background() {
    int at = 0;
    while (!examples.get(at).isInBackground()) {
      at++;
    }
    return at;
  }

  private static String text(List<?> outputs) {
    StringBuilder text = new StringBuilder();
    for (Object output : outputs) {
      String lines =
          output instanceof Example example
              ? String.join("\n", example.output)
              : String.valueOf(output).stripTrailing();
      text.append(PROMPT).append('\n').append(lines).append('\n');
    }
    return text.toString();
  }

  private static List<Example> read() throws IOException {
    List<Example> read = new ArrayList<>();
    boolean inside = false;
    boolean shown = false;
    for (String line : Files.readAllLines(Path.of("docs", "store.md"))) {
      inside = line.startsWith("## ") ? line.equals(SECTION) : inside;
      if (inside && line.startsWith(INDENT + PROMPT)) {
        read.add(new Example(line.substring((INDENT + PROMPT).length()), new ArrayList<>()));
        shown = true;
      } else if (inside && shown && (line.isEmpty() || line.startsWith(INDENT))) {
        read.get(read.size() - 1).output.add(line.isEmpty() ? line : line.substring(4));
      } else {
        shown = false;
      }
    }
    read.forEach(example -> trim(example.output));
    return read;
  }

  /** Without the empty lines that part output from what follows it. */
  private static void trim(List<String> lines) {
    while (!lines.isEmpty() && lines.get(lines.size() - 1).isEmpty()) {
      lines.remove(lines.size() - 1);
    }
  }
}
