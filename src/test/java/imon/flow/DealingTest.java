package imon.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.flow.row.RowType;
import imon.samples.Tape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** However many workers share a capture, what they find together is the same. */
class DealingTest {
  private static final int MOST_WORKERS = 7;
  private static final String NO_CAPTURE = "cut-header.pcap";
  private static final int PACKETS = 5_000;

  static List<Path> samples() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("sample-captures"))) {
      return files
          .filter(file -> file.toString().contains(".pcap") && !file.endsWith(NO_CAPTURE))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void anyNumberOfWorkersFindsTheSameInASample(Path sample) throws IOException {
    assertSameForAnyNumberOfWorkers(Files.readAllBytes(sample));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void anyNumberOfWorkersFindsTheSameInAMixOfAll(long seed) throws IOException {
    Tape tape = mix(new Random(seed));
    Tracked tracked = assertSameForAnyNumberOfWorkers(tape.pcap());
    // Raw IP has no link-layer addresses.
    for (RowType type : EnumSet.complementOf(EnumSet.of(RowType.LINK, RowType.DEVICE_NAME))) {
      assertTrue(tracked.facts().stream().anyMatch(f -> f.startsWith(type + " ")), type::toString);
    }
  }

  private static Tracked assertSameForAnyNumberOfWorkers(byte[] capture) throws IOException {
    Tracked one = Tracked.of(capture, 1);
    for (int workers = 2; workers <= MOST_WORKERS; workers++) {
      Tracked several = Tracked.of(capture, workers);
      assertEquals(one.facts(), several.facts(), workers + " workers");
      assertEquals(one.anomalies(), several.anomalies());
    }
    return one;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void anyNumberOfWorkersFindsTheSameInFragmentsOfFragments(int seed) throws IOException {
    Random random = new Random(seed);
    Tape tape = new Tape();
    while (tape.size() < 600) {
      tape.after(random.nextInt(20) == 0 ? 50 * Tape.SECOND : 1_000_000);
      tape.nestedFragment(random, random.nextInt(4));
    }
    assertSameForAnyNumberOfWorkers(tape.pcap());
  }

  /** Traffic of many hosts in several blocks: whole, cut, mixed, repeated, and out of order. */
  private static Tape mix(Random random) {
    Tape tape = new Tape();
    while (tape.size() < PACKETS) {
      String client = "10.0.0." + random.nextInt(20) + ":" + (50_000 + random.nextInt(8));
      String server = "203.0.113." + random.nextInt(20) + ":443";
      tape.after(random.nextInt(300_000_000) - 100_000_000);
      switch (random.nextInt(12)) {
        case 0 -> tape.syn(client, server, random.nextInt(3));
        case 1 -> tape.synAck(server, client, random.nextInt(3), random.nextInt(3));
        case 2 -> helloIn(tape, client, server, random);
        case 3 -> tape.data(client, server, random.nextInt(9), Tape.request("h.example.com"));
        case 4 -> tape.data(server, client, random.nextInt(5000), new byte[random.nextInt(60)]);
        case 5 -> lookUp(tape, client, random);
        case 6 -> tape.fragmentedUdp(client, server, new byte[random.nextInt(200)], 48, 1);
        case 7 -> tunnel(tape, client, server, random);
        case 8 -> answerInFragments(tape, client, random);
        case 9 -> tape.echo("10.0.0.1", "203.0.113." + random.nextInt(9), random.nextBoolean(), 3);
        case 10 -> fragmentsInTunnel(tape, client, server, random);
        default -> tape.undecodable();
      }
    }
    return tape.only(shuffledInPlaces(tape.size(), random));
  }

  private static void helloIn(Tape tape, String client, String server, Random random) {
    byte[] hello = Tape.hello("s" + random.nextInt(50) + ".example.com");
    int cut = 1 + random.nextInt(hello.length - 1);
    tape.data(client, server, 1, Arrays.copyOf(hello, cut));
    tape.data(client, server, 1 + cut, Arrays.copyOfRange(hello, cut, hello.length));
  }

  /** Fragments of the outer packet, which only the first one shows the way of. */
  private static void tunnel(Tape tape, String client, String server, Random random) {
    byte[] data = new byte[random.nextInt(200)];
    tape.fragmentedTunnel("192.0.2.1", "192.0.2." + random.nextInt(4), client, server, data, 48);
  }

  private static void fragmentsInTunnel(Tape tape, String client, String server, Random random) {
    String gateway = "192.0.2." + random.nextInt(4);
    byte[] data = new byte[random.nextInt(100)];
    tape.fragmentsInFragmentedTunnel("192.0.2.1", gateway, client, server, data, 40, 40);
  }

  private static void answerInFragments(Tape tape, String client, Random random) {
    String name = "f" + random.nextInt(50) + ".example.org";
    byte[] answer = Tape.answer(random.nextInt(4), name, 60, "203.0.113.1", "203.0.113.2");
    tape.fragmentedUdp("10.0.0.53:53", client, answer, 48, 1);
  }

  private static void lookUp(Tape tape, String client, Random random) {
    String name = "n" + random.nextInt(50) + ".example.org";
    int id = random.nextInt(4);
    tape.udp(client, "10.0.0.53:53", Tape.query(id, name));
    tape.udp("10.0.0.53:53", client, Tape.answer(id, name, 60, "203.0.113." + random.nextInt(20)));
  }

  /** All places in order, except that some packets are swapped and some are lost. */
  private static int[] shuffledInPlaces(int count, Random random) {
    int[] places = new int[count];
    for (int i = 0; i < count; i++) {
      places[i] = i;
    }
    for (int i = 0; i + 3 < count; i += 1 + random.nextInt(9)) {
      int other = i + 1 + random.nextInt(3);
      int swapped = places[i];
      places[i] = places[other];
      places[other] = swapped;
    }
    return Arrays.stream(places).filter(place -> random.nextInt(40) > 0).toArray();
  }
}
