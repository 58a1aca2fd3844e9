package imon.fuzz;

import imon.testing.CapturedStreams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** First inputs: the small ones among the sample captures, and what stands in them. */
public final class Seeds {
  /** Larger samples make slow inputs and hold nothing that no small one has. */
  private static final long LARGEST_FILE = 12 << 10;

  private static final int LONGEST_STREAM = 4 << 10;

  /** Streams that begin alike and are about as long count as one. */
  private static final int ALIKE_BYTES = 6;

  private static final int ALIKE_LENGTH = 64;

  private Seeds() {}

  /** Sample captures of all formats; the folder of the build is the property {@code basedir}. */
  public static List<Path> captures() throws IOException {
    Path folder = Path.of(System.getProperty("basedir", ""), "sample-captures");
    List<Path> captures = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        if (file.toString().contains(".pcap") && Files.size(file) <= LARGEST_FILE) {
          captures.add(file);
        }
      }
    }
    return captures;
  }

  /** Starts of TCP directions, one of each kind. */
  public static Collection<byte[]> streams() throws IOException {
    Map<String, byte[]> kinds = new LinkedHashMap<>();
    for (Path capture : readable()) {
      for (byte[] stream : CapturedStreams.of(capture).tcp().values()) {
        add(kinds, Arrays.copyOf(stream, Math.min(stream.length, LONGEST_STREAM)));
      }
    }
    return kinds.values();
  }

  /** Datagrams of UDP, one of each kind. */
  public static Collection<byte[]> datagrams() throws IOException {
    Map<String, byte[]> kinds = new LinkedHashMap<>();
    for (List<byte[]> flow : datagramFlows()) {
      flow.forEach(datagram -> add(kinds, datagram));
    }
    return kinds.values();
  }

  /** The datagrams of each UDP direction. */
  public static List<List<byte[]>> datagramFlows() throws IOException {
    List<List<byte[]>> flows = new ArrayList<>();
    for (Path capture : readable()) {
      flows.addAll(CapturedStreams.of(capture).udp().values());
    }
    return flows;
  }

  /** Also the large ones of what small ones do not have. */
  private static List<Path> readable() throws IOException {
    List<Path> captures = new ArrayList<>(captures());
    captures.removeIf(capture -> capture.endsWith("cut-header.pcap"));
    for (String large : List.of("starttls.pcap", "services.pcap", "dtls.pcap", "devices.pcap")) {
      Path capture = captures.get(0).resolveSibling(large);
      if (!captures.contains(capture)) {
        captures.add(capture);
      }
    }
    return captures;
  }

  private static void add(Map<String, byte[]> kinds, byte[] bytes) {
    byte[] start = Arrays.copyOf(bytes, Math.min(bytes.length, ALIKE_BYTES));
    kinds.putIfAbsent(Arrays.toString(start) + bytes.length / ALIKE_LENGTH, bytes);
  }
}
