package imon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import imon.pcap.CaptureFiles;
import imon.samples.CapturedPackets;
import imon.store.StoreContents;
import imon.testing.LongTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Sample captures that a store takes in one by one or some at a time, in any order, give what all
 * of them at once give. {@code -Dsamples.all} takes all of them.
 */
@LongTest
class SamplesInAnyOrderTest {
  /** Names in one reach flows of another; few, so that it is soon done. */
  private static final List<String> RELATED =
      List.of("continued-1", "continued-2", "continued-3", "dns-other", "sibling", "tls-midway");

  private static final List<String> ROTATED = List.of("continued-idle", "dns-other", "sibling");

  private static final int ROTATED_FILES = 3;

  @TempDir Path folder;

  /** What there is to see of a store. */
  private record Seen(String report, Map<String, List<String>> contents) {
    static Seen of(Path store) throws IOException {
      Program report = Program.run("report", "--db", store, Analyzed.AS_JSON).done();
      return new Seen(report.out(), StoreContents.of(store));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = 1)
  void capturesGiveOneStore(long seed) throws Exception {
    assertAnyOrder(CaptureFiles.find(samples(RELATED)).inputs(), seed);
  }

  @ParameterizedTest
  @ValueSource(longs = 4)
  void theFilesOfRotationsGiveOneStore(long seed) throws Exception {
    Path rotated = Files.createDirectory(folder.resolve("rotated"));
    for (String sample : samples(ROTATED)) {
      rotate(Path.of(sample), rotated);
    }
    assertAnyOrder(CaptureFiles.find(List.of(rotated.toString())).inputs(), seed);
  }

  private static List<String> samples(List<String> some) throws IOException {
    List<String> paths = new ArrayList<>();
    for (String name : Boolean.getBoolean("samples.all") ? SampleFiles.names() : some) {
      paths.add(SampleFiles.capture(name).toString());
    }
    return paths;
  }

  /** Cuts a capture into files of about as many packets each. */
  private static void rotate(Path capture, Path folder) throws IOException {
    CapturedPackets packets = CapturedPackets.of(capture);
    for (int i = 0; i < ROTATED_FILES; i++) {
      CapturedPackets some =
          packets.between(
              packets.size() * i / ROTATED_FILES, packets.size() * (i + 1) / ROTATED_FILES);
      if (some.size() > 0) {
        Files.write(folder.resolve(capture.getFileName() + "." + i), some.file());
      }
    }
  }

  /** An odd seed takes captures in one by one, an even one up to five at a time. */
  private void assertAnyOrder(List<CaptureFiles.Input> captures, long seed) throws Exception {
    Path whole = folder.resolve("whole.db");
    Analyzed.keep(captures, whole);
    List<CaptureFiles.Input> shuffled = new ArrayList<>(captures);
    Random random = new Random(seed);
    Collections.shuffle(shuffled, random);
    Path some = folder.resolve("some.db");
    for (int i = 0; i < shuffled.size(); ) {
      int end = seed % 2 == 1 ? i + 1 : Math.min(shuffled.size(), i + 1 + random.nextInt(5));
      Analyzed.keep(shuffled.subList(i, end), some);
      i = end;
    }
    assertSame(Seen.of(whole), Seen.of(some), shuffled.toString());
  }

  private static void assertSame(Seen expected, Seen actual, String order) {
    for (String view : expected.contents.keySet()) {
      assertEquals(expected.contents.get(view), actual.contents.get(view), view + " of " + order);
    }
    assertEquals(expected.report, actual.report, order);
  }
}
