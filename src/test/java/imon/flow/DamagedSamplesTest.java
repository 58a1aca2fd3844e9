package imon.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.flow.row.RowType;
import imon.samples.CapturedPackets;
import imon.samples.Damage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The samples with what may befall packets: nothing is thrown, every byte is accounted for, any
 * number of workers finds the same, and what is lost, cut or out of order makes up no name.
 */
class DamagedSamplesTest {
  /**
   * Host of a request that stands in a body. Who has lost the header before it must take it for a
   * connection that was joined here.
   */
  private static final String DECOY = "decoy.example";

  private static final int SEEDS = 2;
  private static final int SEVERAL = 3;

  /** Packets before and after one that is cut: about what one conversation has. */
  private static final int BEFORE = 14;

  private static final int AFTER = 3;

  private static final String BROWSING = "browsing.pcap";

  static List<Path> samples() throws IOException {
    return DealingTest.samples();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void damageLosesNoByteAndDependsOnNoWorker(Path sample) throws IOException {
    CapturedPackets whole = CapturedPackets.of(sample);
    for (Damage damage : Damage.values()) {
      for (int seed = 0; seed < SEEDS; seed++) {
        CapturedPackets damaged = damage.of(whole, seed);
        Tracked one = Tracked.of(damaged.file(), 1);
        Tracked several = Tracked.of(damaged.file(), SEVERAL);
        assertEquals(damaged.size(), sum(one, "packets"), () -> damage + " of packets");
        assertEquals(damaged.wireBytes(), sum(one, "bytes"), () -> damage + " of bytes");
        assertEquals(facts(one), facts(several), damage::toString);
        assertEquals(one.anomalies(), several.anomalies(), damage::toString);
      }
    }
  }

  /** Without links: of a router's many addresses each worker tells some, and others. */
  private static List<String> facts(Tracked tracked) {
    return tracked.facts().stream().filter(fact -> !fact.startsWith("LINK ")).toList();
  }

  private static long sum(Tracked tracked, String what) {
    return tracked.rows(RowType.FLOW).stream()
            .mapToLong(row -> number(row.get("up_" + what)) + number(row.get("down_" + what)))
            .sum()
        + tracked.rows(RowType.UNFLOWED).stream().mapToLong(row -> number(row.get(what))).sum();
  }

  private static long number(String text) {
    return Long.parseLong(text);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void whatIsMissingOrOutOfOrderMakesUpNoName(Path sample) throws IOException {
    CapturedPackets whole = CapturedPackets.of(sample);
    Set<String> names = names(whole);
    for (Damage damage : List.of(Damage.CUT, Damage.DROP, Damage.SWAP, Damage.REORDER)) {
      for (int seed = 0; seed < SEEDS; seed++) {
        assertNoneMadeUp(names, damage.of(whole, seed), damage + " by seed " + seed);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void whatIsThereTwiceNamesTheSame(Path sample) throws IOException {
    CapturedPackets whole = CapturedPackets.of(sample);
    Set<String> names = names(whole);
    for (int seed = 0; seed < SEEDS; seed++) {
      assertEquals(names, names(Damage.DUPLICATE.of(whole, seed)));
    }
  }

  /**
   * Of the samples that tell one story over many links, one; without the one that is larger than
   * all others together.
   */
  static Collection<Path> stories() throws IOException {
    Map<String, Path> stories = new TreeMap<>();
    for (Path sample : samples()) {
      if (!sample.endsWith(BROWSING)) {
        CapturedPackets packets = CapturedPackets.of(sample);
        stories.putIfAbsent(packets.size() + " packets with " + names(packets), sample);
      }
    }
    return stories.values();
  }

  /** Every packet a name was seen in, at each of its lengths. */
  @ParameterizedTest
  @MethodSource("stories")
  void aPacketThatNamesMakesUpNoNameWhereverItIsCut(Path sample) throws IOException {
    CapturedPackets whole = CapturedPackets.of(sample);
    Set<String> names = names(whole);
    for (int naming : namingPackets(whole)) {
      CapturedPackets near = whole.between(naming - BEFORE, naming + AFTER);
      CapturedPackets cut = near.withEachCutOf(Math.min(naming, BEFORE));
      assertNoneMadeUp(names, cut, "packet " + (naming + 1) + " was cut");
    }
  }

  private static void assertNoneMadeUp(Set<String> names, CapturedPackets packets, String how)
      throws IOException {
    Set<String> found = names(packets);
    found.remove(DECOY);
    assertTrue(names.containsAll(found), () -> found + " after " + how + ", of " + names);
  }

  /** Places of packets, from 0 on. */
  private static Set<Integer> namingPackets(CapturedPackets packets) throws IOException {
    Tracked tracked = Tracked.of(packets.file(), 1);
    Set<Integer> places = new TreeSet<>();
    for (RowType type : List.of(RowType.EVIDENCE, RowType.ANSWER)) {
      tracked.values(type, "seen_packet").forEach(n -> places.add(Integer.parseInt(n) - 1));
    }
    return places;
  }

  /** All names that were found, of whatever kind. */
  private static Set<String> names(CapturedPackets packets) throws IOException {
    Tracked tracked = Tracked.of(packets.file(), 1);
    Set<String> names = new TreeSet<>();
    names.addAll(tracked.values(RowType.EVIDENCE, "host"));
    names.addAll(tracked.values(RowType.ANSWER, "name"));
    names.addAll(tracked.values(RowType.ANSWER, "canonical"));
    names.addAll(tracked.values(RowType.DEVICE_NAME, "name"));
    return names;
  }

  /** Shows that a name that is made up would be seen. */
  @Test
  void onlyChangedBytesMakeUpNames() throws IOException {
    int madeUp = 0;
    for (Path sample : stories()) {
      CapturedPackets whole = CapturedPackets.of(sample);
      Set<String> names = names(whole);
      madeUp += names.containsAll(names(Damage.FLIP.of(whole, 1))) ? 0 : 1;
    }
    assertTrue(madeUp > 0);
  }
}
