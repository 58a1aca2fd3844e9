package imon.samples;

import java.math.BigInteger;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Writes pcapng files block by block, in the order of the calls. */
final class PcapngWriter {
  private static final long SECTION_HEADER = 0x0a0d0d0aL;
  private static final int INTERFACE = 1;
  private static final int OBSOLETE_PACKET = 2;
  private static final int SIMPLE_PACKET = 3;
  private static final int NAME_RESOLUTION = 4;
  private static final int STATISTICS = 5;
  private static final int ENHANCED_PACKET = 6;

  private final Octets file = new Octets();
  private final List<Capturer> interfaces = new ArrayList<>();
  private ByteOrder order = ByteOrder.LITTLE_ENDIAN;

  /**
   * How an interface keeps time: the option if_tsresol, where a set high bit means powers of two,
   * and if_tsoffset in seconds.
   */
  record Clock(int resolution, long offsetSeconds) {
    static final Clock MICROSECONDS = new Clock(6, 0);

    static Clock decimal(int digits) {
      return new Clock(digits, 0);
    }

    static Clock binary(int bits) {
      return new Clock(0x80 | bits, 0);
    }

    Clock offset(long seconds) {
      return new Clock(resolution, seconds);
    }

    /** The units since 1970 that stand for a time, rounded down. */
    long units(long nanoseconds) {
      int exponent = resolution & 0x7f;
      BigInteger perSecond = BigInteger.valueOf(resolution < 0x80 ? 10 : 2).pow(exponent);
      return BigInteger.valueOf(nanoseconds)
          .subtract(BigInteger.valueOf(offsetSeconds).multiply(BigInteger.valueOf(1_000_000_000)))
          .multiply(perSecond)
          .divide(BigInteger.valueOf(1_000_000_000))
          .longValueExact();
    }
  }

  private record Capturer(Clock clock, int snapLength) {}

  /** Begins a section, whose interfaces are numbered anew; its length is left unspecified. */
  PcapngWriter section(ByteOrder newOrder) {
    order = newOrder;
    interfaces.clear();
    byte[] body =
        ordered().u32(0x1a2b3c4dL).u16(1).u16(0).u64(-1).bytes(option(4, ascii("imon"))).toArray();
    return block(SECTION_HEADER, Octets.concat(body, endOfOptions()));
  }

  /** Describes an interface; the first of a section has number 0. */
  PcapngWriter describe(String name, int linkType, int snapLength, Clock clock) {
    interfaces.add(new Capturer(clock, snapLength));
    Octets body = ordered().u16(linkType).u16(0).u32(snapLength).bytes(option(2, ascii(name)));
    if (clock.resolution() != Clock.MICROSECONDS.resolution()) {
      body.bytes(option(9, new byte[] {(byte) clock.resolution()}));
    }
    if (clock.offsetSeconds() != 0) {
      body.bytes(option(14, ordered().u64(clock.offsetSeconds()).toArray()));
    }
    return block(INTERFACE, body.bytes(endOfOptions()).toArray());
  }

  PcapngWriter enhanced(int number, List<Packet> packets) {
    packets.forEach(packet -> enhanced(number, packet));
    return this;
  }

  PcapngWriter enhanced(int number, Packet packet) {
    return enhanced(number, interfaces.get(number).clock().units(packet.time()), packet);
  }

  /** A packet with this count of time units, whatever its own time; unsigned 64 bits. */
  PcapngWriter enhanced(int number, long units, Packet packet) {
    Octets body = ordered().u32(number).u32(units >>> 32).u32(units);
    body.u32(packet.capturedLength()).u32(packet.declaredLength());
    return block(ENHANCED_PACKET, body.bytes(packet.captured()).padTo(4).toArray());
  }

  /** A packet of the section's first interface, without a time; cut to that snap length. */
  PcapngWriter simple(Packet packet) {
    byte[] captured = packet.captured();
    int kept = Math.min(captured.length, interfaces.get(0).snapLength());
    byte[] body = ordered().u32(packet.declaredLength()).bytes(captured).toArray();
    return block(
        SIMPLE_PACKET, new Octets().bytes(Arrays.copyOf(body, 4 + kept)).padTo(4).toArray());
  }

  /** The obsolete packet block, with its 16-bit count of drops. */
  PcapngWriter obsolete(int number, int drops, Packet packet) {
    Octets body = time(ordered().u16(number).u16(drops), number, packet.time());
    body.u32(packet.capturedLength()).u32(packet.declaredLength());
    return block(OBSOLETE_PACKET, body.bytes(packet.captured()).padTo(4).toArray());
  }

  PcapngWriter nameResolution(Host host, String... names) {
    return block(NAME_RESOLUTION, ordered().bytes(nameRecord(host, names)).u32(0).toArray());
  }

  /** The same for several hosts, each with its names, and an option that says whom was asked. */
  PcapngWriter nameResolution(Map<Host, List<String>> names, String asked) {
    Octets body = ordered();
    names.forEach((host, of) -> body.bytes(nameRecord(host, of.toArray(String[]::new))));
    body.u32(0).bytes(option(2, ascii(asked))).bytes(endOfOptions());
    return block(NAME_RESOLUTION, body.toArray());
  }

  private byte[] nameRecord(Host host, String... names) {
    Octets value = new Octets().bytes(host.octets());
    for (String name : names) {
      value.bytes(ascii(name)).u8(0);
    }
    return option(host.isV4() ? 1 : 2, value.toArray());
  }

  /** Statistics at a time: packets received and dropped by the interface. */
  PcapngWriter statistics(int number, long time, long received, long dropped) {
    Octets body = time(ordered().u32(number), number, time);
    body.bytes(option(4, ordered().u64(received).toArray()));
    body.bytes(option(5, ordered().u64(dropped).toArray()));
    return block(STATISTICS, body.bytes(endOfOptions()).toArray());
  }

  /** A block of a type readers do not know, which they must step over. */
  PcapngWriter unknown(long type, byte[] content) {
    return block(type, new Octets().bytes(content).padTo(4).toArray());
  }

  byte[] toArray() {
    return file.toArray();
  }

  private PcapngWriter block(long type, byte[] body) {
    int length = 12 + body.length;
    file.bytes(ordered().u32(type).u32(length).bytes(body).u32(length).toArray());
    return this;
  }

  private Octets time(Octets body, int number, long time) {
    long units = interfaces.get(number).clock().units(time);
    return body.u32(units >>> 32).u32(units);
  }

  private byte[] option(int code, byte[] value) {
    return ordered().u16(code).u16(value.length).bytes(value).padTo(4).toArray();
  }

  private byte[] endOfOptions() {
    return new byte[4];
  }

  private Octets ordered() {
    return new Octets(order);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
