package imon.live.device;

import imon.testing.Environment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** What tcpdump accepts of a capture file, as an oracle. */
final class Tcpdump {
  private static final int FILE_HEADER = 24;
  private static final int RECORD_HEADER = 16;
  private static final int CAPTURED_LENGTH = 8;

  private Tcpdump() {}

  static void require() {
    boolean available;
    try {
      Process version =
          new ProcessBuilder("tcpdump", "--version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      available = version.waitFor(30, TimeUnit.SECONDS) && version.exitValue() == 0;
    } catch (IOException e) {
      available = false;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    Environment.requireOrSkip(available, "tcpdump (Debian package tcpdump)");
  }

  /** How many packets it accepts; empty when it cannot read the file, or compile for it. */
  static OptionalLong accepts(Path capture, String filter) throws Exception {
    Process tcpdump =
        new ProcessBuilder("tcpdump", "-r", capture.toString(), "-w", "-", filter)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    byte[] accepted = tcpdump.getInputStream().readAllBytes();
    return tcpdump.waitFor() == 0 ? OptionalLong.of(count(accepted)) : OptionalLong.empty();
  }

  /** Packets of a pcap file that tcpdump has just written: in this machine's byte order. */
  private static long count(byte[] file) {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.nativeOrder());
    long count = 0;
    int at = FILE_HEADER;
    while (at + RECORD_HEADER <= file.length) {
      at += RECORD_HEADER + bytes.getInt(at + CAPTURED_LENGTH);
      count++;
    }
    return count;
  }
}
