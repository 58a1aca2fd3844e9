package imon.cli.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import imon.cli.output.Terminal;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TotalsBoardTest {
  private final StringWriter err = new StringWriter();

  private TotalsBoard board(boolean terminal) {
    return new TotalsBoard(
        new Terminal(
            InputStream.nullInputStream(),
            new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
            new PrintWriter(err),
            80,
            true,
            false,
            terminal,
            Map.of()));
  }

  @Test
  void onATerminalABlockTakesThePlaceOfTheOneBefore() {
    TotalsBoard board = board(true);
    board.show(List.of("a", "b"));
    board.flush();
    board.show(List.of("c"));
    board.close();
    assertEquals("a\nb\n\u001b[2F\u001b[Jc\n", err.toString());
  }

  @Test
  void messagesStandAboveTheBlock() {
    TotalsBoard board = board(true);
    board.say("first");
    board.show(List.of("a"));
    board.say("second");
    board.close();
    assertEquals("imon: first\na\n\u001b[1F\u001b[Jimon: second\na\n", err.toString());
  }

  @Test
  void elsewhereEachBlockIsPrinted() {
    TotalsBoard board = board(false);
    board.show(List.of("a"));
    board.flush();
    board.say("message");
    board.show(List.of("b"));
    board.close();
    assertEquals("a\nimon: message\nb\n", err.toString());
  }

  @Test
  void whatWouldActOnTheTerminalIsShownAsSuch() {
    TotalsBoard board = board(true);
    board.show(List.of("a\u001b[2J"));
    board.close();
    assertEquals("a\uFFFD[2J\n", err.toString());
  }
}
