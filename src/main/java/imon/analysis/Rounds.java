package imon.analysis;

import imon.pcap.Block;
import imon.pcap.CaptureFiles.Input;
import imon.pcap.CaptureReader;
import imon.pcap.identity.Fingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Parts captures into those that can be read at once. Files that begin with the same packet may be
 * one capture at several lengths: the shorter ones go first, so that the others are known to have
 * grown from them.
 */
final class Rounds {
  private final Block block = new Block();

  /** Rounds of at least one capture each; within a round in the order given. */
  List<List<Input>> of(List<Input> inputs) {
    Map<Input, Integer> rounds = new HashMap<>();
    sameStart(inputs).values().forEach(group -> number(group, rounds));
    List<List<Input>> parted = new ArrayList<>();
    for (Input input : inputs) {
      int round = rounds.getOrDefault(input, 0);
      while (parted.size() <= round) {
        parted.add(new ArrayList<>());
      }
      parted.get(round).add(input);
    }
    return parted;
  }

  /** Equal ones are of one round, in which the first one given is kept. */
  private void number(List<Input> group, Map<Input, Integer> rounds) {
    Map<Input, Long> lengths = new LinkedHashMap<>();
    for (Input input : group.size() > 1 ? group : List.<Input>of()) {
      lengths.put(input, length(input));
    }
    List<Long> shortestFirst = lengths.values().stream().distinct().sorted().toList();
    lengths.forEach((input, length) -> rounds.put(input, shortestFirst.indexOf(length)));
  }

  /** Bytes up to the end of its last whole record, unpacked; -1 when it cannot be read. */
  private long length(Input input) {
    Path path = input.path();
    if (path == null) {
      return -1;
    }
    try (CaptureReader reader = CaptureReader.open(path)) {
      boolean more = true;
      while (more) {
        more = reader.read(block);
      }
      return reader.summary().fileBytes();
    } catch (IOException unreadable) {
      return -1;
    }
  }

  private Map<String, List<Input>> sameStart(List<Input> inputs) {
    Map<OptionalLong, List<Input>> byTime = new HashMap<>();
    for (Input input : inputs) {
      if (input.firstPacket().isPresent()) {
        byTime.computeIfAbsent(input.firstPacket(), time -> new ArrayList<>()).add(input);
      }
    }
    Map<String, List<Input>> byStart = new HashMap<>();
    for (List<Input> sameTime : byTime.values()) {
      for (Input input : sameTime.size() > 1 ? sameTime : List.<Input>of()) {
        String start = start(input);
        if (start != null) {
          byStart.computeIfAbsent(start, s -> new ArrayList<>()).add(input);
        }
      }
    }
    return byStart;
  }

  /** Digest of a file up to the end of its first packet; null when it cannot be read. */
  private @Nullable String start(Input input) {
    Path path = input.path();
    if (path == null) {
      return null;
    }
    try (CaptureReader reader = CaptureReader.open(path)) {
      if (!reader.read(block)) {
        return null;
      }
      Fingerprint start = new Fingerprint();
      start.update(block.bytes(), 0, block.start(0) + block.capturedLength(0));
      return start.digest();
    } catch (IOException unreadable) {
      return null;
    }
  }

  /** How long an input is as it is stored; -1 when nobody knows. */
  static long bytes(Input input) {
    Path path = input.path();
    try {
      return path != null && Files.isRegularFile(path) ? Files.size(path) : -1;
    } catch (IOException unreadable) {
      return -1;
    }
  }
}
