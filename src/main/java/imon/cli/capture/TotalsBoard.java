package imon.cli.capture;

import imon.cli.output.Terminal;
import imon.report.text.VisibleText;
import java.util.List;

/**
 * Totals and messages on one terminal: a block of totals stays below the messages and is drawn anew
 * in its place. Where standard error is no terminal, each block is just printed. For all threads.
 */
final class TotalsBoard {
  /** To the start of a line so many lines up; erases all below (ECMA-48, CPL and ED). */
  private static final String BACK = "\u001b[%dF\u001b[J";

  private final Terminal terminal;
  private List<String> block = List.of();

  TotalsBoard(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Shows a block in place of the one before. */
  synchronized void show(List<String> lines) {
    erase();
    block = lines.stream().map(VisibleText::of).toList();
    draw();
  }

  /** Prints a line of its own. */
  synchronized void say(String line) {
    aside(() -> terminal.err().println(line));
  }

  /** Has something printed above the block. */
  synchronized void aside(Runnable printing) {
    if (!terminal.progress() || block.isEmpty()) {
      printing.run();
      return;
    }
    erase();
    printing.run();
    draw();
  }

  private void erase() {
    if (terminal.progress() && !block.isEmpty()) {
      terminal.err().print(BACK.formatted(block.size()));
      terminal.err().flush();
    }
  }

  private void draw() {
    block.forEach(terminal.err()::println);
    terminal.err().flush();
  }
}
