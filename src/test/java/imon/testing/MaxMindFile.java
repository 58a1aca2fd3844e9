package imon.testing;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes small databases in MaxMind's format (MaxMind DB file format specification 2.0) for tests:
 * a binary tree of 32-bit records over IPv6 addresses, IPv4 networks below ::/96, each leaf a map.
 */
public final class MaxMindFile {
  private static final int RECORD_BITS = 32;
  private static final int NONE = -1;
  private static final byte[] MARKER = {(byte) 0xab, (byte) 0xcd, (byte) 0xef};

  private static final int STRING = 2;
  private static final int MAP = 7;
  private static final int UINT16 = 5;
  private static final int UINT32 = 6;
  private static final int UINT64 = 9;
  private static final int ARRAY = 11;

  private final String type;

  /** Two children each: a node's index, NONE, or -2 minus an offset of the data. */
  private final List<int[]> nodes = new ArrayList<>();

  private final ByteArrayOutputStream leaves = new ByteArrayOutputStream();

  /**
   * An empty database.
   *
   * @param type such as {@code GeoLite2-ASN}
   */
  public MaxMindFile(String type) {
    this.type = type;
    newNode();
  }

  /** Gives the network {@code address/bits} a record. */
  public MaxMindFile add(InetAddress address, int bits, Map<String, Object> record) {
    link(address, bits);
    write(leaves, record);
    return this;
  }

  /** Gives the network a record that consists of these bytes, right or wrong. */
  public MaxMindFile addRaw(InetAddress address, int bits, byte... record) {
    link(address, bits);
    leaves.writeBytes(record);
    return this;
  }

  private void link(InetAddress address, int bits) {
    byte[] bytes = address.getAddress();
    int skipped = bytes.length == 4 ? 96 : 0;
    byte[] all = new byte[16];
    System.arraycopy(bytes, 0, all, 16 - bytes.length, bytes.length);
    int last = skipped + bits - 1;
    int node = 0;
    for (int i = 0; i < last; i++) {
      int bit = bit(all, i);
      if (nodes.get(node)[bit] == NONE) {
        nodes.get(node)[bit] = newNode();
      }
      node = nodes.get(node)[bit];
    }
    nodes.get(node)[bit(all, last)] = -2 - leaves.size();
  }

  /** The file. */
  public byte[] bytes() {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    for (int[] node : nodes) {
      for (int child : node) {
        number(file, reference(child), 4);
      }
    }
    file.writeBytes(new byte[16]);
    file.writeBytes(leaves.toByteArray());
    file.writeBytes(MARKER);
    file.writeBytes("MaxMind.com".getBytes(StandardCharsets.US_ASCII));
    write(file, metadata());
    return file.toByteArray();
  }

  private Map<String, Object> metadata() {
    return Map.of(
        "binary_format_major_version",
        (short) 2,
        "binary_format_minor_version",
        (short) 0,
        "build_epoch",
        1_700_000_000L,
        "database_type",
        type,
        "description",
        Map.of("en", "test"),
        "ip_version",
        (short) 6,
        "languages",
        List.of("en"),
        "node_count",
        nodes.size(),
        "record_size",
        (short) RECORD_BITS);
  }

  private long reference(int child) {
    if (child >= 0) {
      return child;
    }
    return child == NONE ? nodes.size() : nodes.size() + 16L + (-2 - child);
  }

  private int newNode() {
    nodes.add(new int[] {NONE, NONE});
    return nodes.size() - 1;
  }

  private static int bit(byte[] address, int index) {
    return (address[index / 8] >>> (7 - index % 8)) & 1;
  }

  private static void write(ByteArrayOutputStream out, Object value) {
    if (value instanceof Map<?, ?> map) {
      control(out, MAP, map.size());
      map.forEach(
          (key, element) -> {
            write(out, key);
            write(out, element);
          });
    } else if (value instanceof List<?> list) {
      control(out, ARRAY, list.size());
      list.forEach(element -> write(out, element));
    } else if (value instanceof String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      control(out, STRING, bytes.length);
      out.writeBytes(bytes);
    } else if (value instanceof Short small) {
      control(out, UINT16, 2);
      number(out, small, 2);
    } else if (value instanceof Integer whole) {
      control(out, UINT32, 4);
      number(out, whole, 4);
    } else if (value instanceof Long large) {
      control(out, UINT64, 8);
      number(out, large, 8);
    } else {
      throw new IllegalArgumentException(String.valueOf(value));
    }
  }

  /** Types above 7 stand in a byte of their own; sizes from 29 have one byte more. */
  private static void control(ByteArrayOutputStream out, int type, int size) {
    int shown = Math.min(size, 29);
    out.write((type > 7 ? 0 : type << 5) | shown);
    if (type > 7) {
      out.write(type - 7);
    }
    if (size >= 29) {
      out.write(size - 29);
    }
  }

  private static void number(ByteArrayOutputStream out, long value, int bytes) {
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
      out.write((int) (value >>> shift));
    }
  }
}
