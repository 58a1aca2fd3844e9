package imon.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.pcap.Block;
import imon.pcap.CaptureFiles;
import imon.pcap.CaptureReader;
import imon.samples.Tape;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgressBarTest {
  private static final String ERASE = "\r\u001b[K";

  @TempDir Path folder;
  private final CountDownLatch drawn = new CountDownLatch(1);

  private final StringWriter err =
      new StringWriter() {
        @Override
        public void flush() {
          drawn.countDown();
        }
      };

  private Terminal terminal(boolean progress) {
    return new Terminal(
        new ByteArrayInputStream(new byte[0]),
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
        new PrintWriter(err),
        80,
        false,
        false,
        progress,
        Map.of());
  }

  private CaptureFiles twoCopies() throws IOException {
    byte[] capture = new Tape().udp("10.0.0.1:5000", "203.0.113.1:4000", new byte[900]).pcap();
    Path first = Files.write(folder.resolve("a.pcap"), capture);
    Path second = Files.write(folder.resolve("b.pcap"), capture);
    return CaptureFiles.find(List.of(first.toString(), second.toString()));
  }

  @Test
  void withoutATerminalOnlyMessagesAreWritten() throws IOException {
    CaptureFiles files = twoCopies();
    try (ProgressBar bar = new ProgressBar(terminal(false), files);
        CaptureReader reader = files.inputs().get(0).open(InputStream.nullInputStream())) {
      bar.begins(files.inputs().get(0), reader);
      bar.says("a.pcap: last record cut");
    }
    assertEquals("imon: a.pcap: last record cut" + System.lineSeparator(), err.toString());
  }

  @Test
  void onATerminalALineIsDrawnAndErasedAtTheEnd() throws IOException, InterruptedException {
    CaptureFiles files = twoCopies();
    CaptureFiles.Input input = files.inputs().get(0);
    try (ProgressBar bar = new ProgressBar(terminal(true), files);
        CaptureReader reader = input.open(InputStream.nullInputStream())) {
      assertTrue(reader.read(new Block()));
      bar.begins(input, reader);
      assertTrue(drawn.await(30, TimeUnit.SECONDS));
      bar.says("a message");
    }
    String text = err.toString();
    assertTrue(text.startsWith(ERASE + "[##########          ]  "), text);
    assertTrue(text.contains("  1 packets  "), text);
    assertTrue(text.contains(ERASE + "imon: a message" + System.lineSeparator()), text);
    assertTrue(text.endsWith(System.lineSeparator()) || text.endsWith(ERASE), text);
  }

  @Test
  void noLineIsWiderThanTheTerminal() throws IOException, InterruptedException {
    try (ProgressBar bar = new ProgressBar(terminal(true), twoCopies())) {
      bar.says("begins");
      assertTrue(drawn.await(30, TimeUnit.SECONDS));
    }
    for (String line : err.toString().split("[\r\n]", -1)) {
      assertTrue(line.replace("\u001b[K", "").length() <= 80, line);
    }
  }

  @Test
  void standardInputHasNoSizeSoThereIsNoBar() throws IOException, InterruptedException {
    CaptureFiles files = CaptureFiles.find(List.of("-"));
    try (ProgressBar bar = new ProgressBar(terminal(true), files)) {
      bar.says("begins");
      assertTrue(drawn.await(30, TimeUnit.SECONDS));
    }
    assertTrue(err.toString().contains(ERASE + "reading  0 B"), err::toString);
    assertFalse(err.toString().contains("left"));
  }
}
