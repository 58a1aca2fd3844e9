package imon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A client and a server, each a network namespace, with a cable between them. The server has an
 * address for each of its services. Needs root.
 */
final class TwoHosts {
  static final String CLIENT_ADDRESS = "203.0.113.200";

  private static final int PATIENCE_SECONDS = 60;
  private static final int LOOK_MILLIS = 20;

  private final String name = "imh" + ProcessHandle.current().pid();
  private final String serverSpace = name + "s";
  private final String clientSpace = name + "c";
  private final String serverDevice = name + "a";
  final String clientDevice = name + "b";
  private final List<Process> running = new ArrayList<>();

  private TwoHosts() {}

  /** Makes them, or skips the test. */
  static TwoHosts make(List<String> serverAddresses) throws Exception {
    VethPair.requireNamespaces();
    TwoHosts hosts = new TwoHosts();
    try {
      hosts.connect(serverAddresses);
    } catch (Exception | AssertionError e) {
      hosts.remove();
      throw e;
    }
    return hosts;
  }

  private void connect(List<String> serverAddresses) throws Exception {
    for (String space : List.of(serverSpace, clientSpace)) {
      run(List.of(), "ip netns add " + space);
      run(in(space), "ip link set lo up");
    }
    String cable = "ip link add %s type veth peer name %s netns %s";
    run(in(serverSpace), cable.formatted(serverDevice, clientDevice, clientSpace));
    for (String address : serverAddresses) {
      run(in(serverSpace), "ip address add %s/24 dev %s".formatted(address, serverDevice));
    }
    run(in(clientSpace), "ip address add %s/24 dev %s".formatted(CLIENT_ADDRESS, clientDevice));
    String up = "ip link set %s addrgenmode none up";
    run(in(serverSpace), up.formatted(serverDevice));
    run(in(clientSpace), up.formatted(clientDevice));
    String state = "/sys/class/net/" + clientDevice + "/operstate";
    until(() -> VethPair.exitCode(words(onClient(), "grep", "-q", "up", state)) == 0);
  }

  /** What to put before a command of the client's. */
  List<String> onClient() {
    return in(clientSpace);
  }

  private static List<String> in(String space) {
    return List.of("ip", "netns", "exec", space);
  }

  private static String[] words(List<String> before, String... after) {
    List<String> all = new ArrayList<>(before);
    all.addAll(List.of(after));
    return all.toArray(String[]::new);
  }

  /** Runs a command whose words have no blanks in them, and which must succeed. */
  private static void run(List<String> before, String command) throws Exception {
    String[] words = words(before, command.split(" ", -1));
    assertEquals(0, VethPair.exitCode(words), () -> String.join(" ", words));
  }

  /** Runs a command on the client, which must succeed. */
  void runOnClient(String... command) throws Exception {
    assertEquals(0, VethPair.exitCode(words(onClient(), command)), () -> String.join(" ", command));
  }

  /** Starts a service on the server, which must not go to the background by itself. */
  void serve(Path log, String... command) throws IOException {
    start(log, words(in(serverSpace), command));
  }

  /** Starts a program on the client. */
  Process startOnClient(Path log, String... command) throws IOException {
    return start(log, words(onClient(), command));
  }

  private Process start(Path log, String... command) throws IOException {
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    running.add(process);
    return process;
  }

  /** From now on the client can neither send nor receive, though its device stays up. */
  void unplug() throws Exception {
    run(in(serverSpace), "ip link set " + serverDevice + " down");
  }

  /** A condition that may fail to be found out. */
  interface Condition {
    boolean holds() throws Exception;
  }

  /** Goes on when this holds; looks again and again while all that was started runs. */
  void until(Condition condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.holds()) {
      assertTrue(System.nanoTime() < end, "in vain");
      for (Process process : running) {
        assertTrue(!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS), () -> "ended: " + process);
      }
    }
  }

  /** Ends a program that was started here, and waits for it. */
  void end(Process process) throws Exception {
    running.remove(process);
    process.destroy();
    assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "it does not end");
  }

  /** Whether a file is there and not empty. */
  static boolean hasText(Path file) throws IOException {
    return Files.exists(file) && Files.size(file) > 0;
  }

  /** Ends all that was started, and leaves nothing of the hosts. */
  void remove() throws Exception {
    try {
      for (Process process : List.copyOf(running)) {
        end(process);
      }
    } finally {
      for (String space : List.of(serverSpace, clientSpace)) {
        VethPair.exitCode("ip", "netns", "delete", space);
      }
    }
  }
}
