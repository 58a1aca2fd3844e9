package imon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.pcap.Block;
import imon.testing.Environment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapNativeException;

/**
 * Two devices joined by a cable: packets are sent into one, imon captures from the other in a
 * network namespace of its own. Needs root.
 */
final class VethPair {
  /** Length of the packets that are sent. */
  static final int FRAME_LENGTH = 100;

  /** Where a packet has its number. */
  private static final int NUMBER = 42;

  private static final int PATIENCE_SECONDS = 20;
  private static final int IP_HEADER = 14;
  private static final int UDP_HEADER = 34;

  private final String name = "imt" + ProcessHandle.current().pid();
  final String near = name + "a";
  final String far = name + "b";
  private int sent;

  private VethPair() {}

  /** Makes one, or skips the test. */
  static VethPair make() throws Exception {
    requireNamespaces();
    VethPair pair = new VethPair();
    pair.run("ip", "netns", "add", pair.name);
    pair.connect();
    return pair;
  }

  /** Skips the test where there can be no network namespaces. */
  static void requireNamespaces() {
    boolean root = "root".equals(System.getProperty("user.name"));
    Environment.requireOrSkip(root && canMakeNamespaces(), "root with network namespaces");
  }

  private static boolean canMakeNamespaces() {
    try {
      return exitCode("ip", "netns", "list") == 0 && Files.isWritable(Path.of("/run"));
    } catch (IOException | InterruptedException noSuchProgram) {
      return false;
    }
  }

  /** Plugs the cable in. No address is configured, and nothing but the test sends. */
  void connect() throws Exception {
    run("ip", "link", "add", near, "type", "veth", "peer", "name", far);
    run("ip", "link", "set", far, "netns", name);
    for (String device : List.of(near, far)) {
      List<String> command = new ArrayList<>();
      if (device.equals(far)) {
        command.addAll(inNamespace());
      }
      command.addAll(
          List.of("ip", "link", "set", device, "addrgenmode", "none", "arp", "off", "up"));
      run(command.toArray(String[]::new));
    }
    awaitCarrier();
  }

  /** Until the kernel has seen that both ends are up, it throws away what is sent. */
  private void awaitCarrier() throws IOException {
    Path state = Path.of("/sys/class/net", near, "operstate");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!Files.readString(state).strip().equals("up")) {
      assertTrue(System.nanoTime() < end, near + " does not come up");
      Thread.onSpinWait();
    }
  }

  /** Pulls it out: both devices are gone. */
  void disconnect() throws Exception {
    run("ip", "link", "delete", near);
  }

  /** What to put before a command that shall run where {@link #far} is. */
  List<String> inNamespace() {
    return List.of("ip", "netns", "exec", name);
  }

  /** Sends packets that are numbered from where the last ones ended. */
  void send(int packets) throws PcapNativeException, NotOpenException {
    PcapHandle handle = new PcapHandle.Builder(near).timeoutMillis(1).snaplen(64).build();
    try {
      byte[] frame = frame();
      ByteBuffer fields = ByteBuffer.wrap(frame);
      for (int i = 0; i < packets; i++) {
        fields.putInt(NUMBER, sent++);
        handle.sendPacket(frame);
      }
    } finally {
      handle.close();
    }
  }

  /** The number of a packet that was sent. */
  static int number(Block block, int index) {
    return ByteBuffer.wrap(block.bytes()).getInt(block.start(index) + NUMBER);
  }

  private static byte[] frame() {
    byte[] bytes = new byte[FRAME_LENGTH];
    ByteBuffer frame = ByteBuffer.wrap(bytes);
    frame.put(new byte[] {2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 8, 0});
    frame.put(IP_HEADER, new byte[] {0x45, 0, 0, FRAME_LENGTH - IP_HEADER, 0, 0, 0, 0, 64, 17});
    frame.put(IP_HEADER + 12, new byte[] {10, 0, 0, 1, (byte) 203, 0, 113, 5});
    frame.putShort(UDP_HEADER, (short) 4000);
    frame.putShort(UDP_HEADER + 2, (short) 5000);
    frame.putShort(UDP_HEADER + 4, (short) (FRAME_LENGTH - UDP_HEADER));
    return bytes;
  }

  /** Runs a command, which must succeed. */
  void run(String... command) throws IOException, InterruptedException {
    assertEquals(0, exitCode(command), () -> String.join(" ", command));
  }

  /** Runs a command to its end; what it says goes nowhere. */
  static int exitCode(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  /** Leaves nothing of it. */
  void remove() throws Exception {
    exitCode("ip", "link", "delete", near);
    exitCode("ip", "netns", "delete", name);
  }
}
