package imon.samples;

import imon.pcap.Block;
import imon.pcap.CaptureReader;
import imon.samples.PcapngWriter.Clock;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The packets of a capture, to be put together in another way. */
public final class CapturedPackets {
  private static final long HOUR = 3_600_000_000_000L;

  private final List<Entry> entries;

  /** A packet and the type of its link. */
  record Entry(int linkType, Packet packet) {
    int length() {
      return packet.capturedLength();
    }

    Entry cut(int length) {
      return new Entry(linkType, packet.cut(length));
    }

    Entry later(long nanos) {
      return new Entry(linkType, packet.later(nanos));
    }

    /** One to four bytes become others. */
    Entry flipped(Random random) {
      byte[] bytes = packet.captured();
      for (int i = random.nextInt(4); i >= 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      return new Entry(linkType, Packet.misdeclared(packet.time(), bytes, packet.declaredLength()));
    }
  }

  CapturedPackets(List<Entry> entries) {
    this.entries = List.copyOf(entries);
  }

  /** All that can be read. Original lengths are those that counted, not those in the file. */
  public static CapturedPackets of(Path capture) throws IOException {
    List<Entry> entries = new ArrayList<>();
    Block block = new Block();
    try (CaptureReader reader = CaptureReader.open(capture)) {
      while (reader.read(block)) {
        for (int i = 0; i < block.count(); i++) {
          entries.add(new Entry(block.linkType(i), packet(block, i)));
        }
      }
    }
    return new CapturedPackets(entries);
  }

  private static Packet packet(Block block, int index) {
    int start = block.start(index);
    byte[] captured = Arrays.copyOfRange(block.bytes(), start, start + block.capturedLength(index));
    return Packet.misdeclared(block.time(index), captured, block.wireLength(index));
  }

  List<Entry> entries() {
    return entries;
  }

  public int size() {
    return entries.size();
  }

  /** The sum of the original lengths. */
  public long wireBytes() {
    return entries.stream().mapToLong(entry -> entry.packet().declaredLength()).sum();
  }

  /** Captured bytes of a packet; the first is 0. */
  public int capturedLength(int index) {
    return entries.get(index).length();
  }

  /** The packets from one on to another; what is beyond the ends is left out. */
  public CapturedPackets between(int from, int to) {
    return new CapturedPackets(entries.subList(Math.max(0, from), Math.min(size(), to)));
  }

  /**
   * The packets again and again, an hour apart, so that flows end between; one of them has no byte
   * the first time, one byte the second, and never all.
   */
  public CapturedPackets withEachCutOf(int index) {
    List<Entry> all = new ArrayList<>();
    for (int length = 0; length < capturedLength(index); length++) {
      for (int i = 0; i < size(); i++) {
        Entry entry = entries.get(i).later(length * HOUR);
        all.add(i == index ? entry.cut(length) : entry);
      }
    }
    return new CapturedPackets(all);
  }

  /**
   * Every packet twice, as a mirror port shows it: the copy comes so many nanoseconds later, and
   * may have been changed on its way.
   */
  public CapturedPackets mirrored(long nanos, UnaryOperator<byte[]> change) {
    List<Entry> all = new ArrayList<>();
    for (Entry entry : entries) {
      Packet packet = entry.packet();
      byte[] copy = change.apply(packet.captured());
      all.add(entry);
      all.add(
          new Entry(
              entry.linkType(),
              Packet.misdeclared(packet.time() + nanos, copy, packet.declaredLength())));
    }
    return new CapturedPackets(all);
  }

  /** As a pcap file if all are of one kind of link, else as pcapng. */
  public byte[] file() {
    Set<Integer> linkTypes = entries.stream().map(Entry::linkType).collect(Collectors.toSet());
    if (linkTypes.size() != 1) {
      return pcapng();
    }
    PcapWriter file = new PcapWriter(linkTypes.iterator().next()).nanoseconds();
    return file.write(entries.stream().map(Entry::packet).toList());
  }

  /** As pcapng: one section, one interface for each link type, times in nanoseconds. */
  public byte[] pcapng() {
    List<Integer> linkTypes = new ArrayList<>();
    PcapngWriter file = new PcapngWriter().section(ByteOrder.BIG_ENDIAN);
    for (Entry entry : entries) {
      int linkType = entry.linkType();
      if (!linkTypes.contains(linkType)) {
        linkTypes.add(linkType);
        file.describe("if" + linkType, linkType, Scene.WHOLE, Clock.decimal(9));
      }
      file.enhanced(linkTypes.indexOf(linkType), entry.packet());
    }
    return file.toArray();
  }
}
