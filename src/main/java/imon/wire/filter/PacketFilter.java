package imon.wire.filter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Says which packets of a capture a filter lets through. A program is compiled when the first
 * packet of its link type comes. Used by one thread; allocates nothing per packet.
 */
public final class PacketFilter {
  /** BSD loopback (LINKTYPE_NULL) and OpenBSD's encapsulated IP (LINKTYPE_ENC). */
  private static final int NULL = 0;

  private static final int ENC = 109;

  /** Set in the key of a program for headers of big-endian machines. */
  private static final int BIG_ENDIAN = 1 << 30;

  private final FilterCompiler compiler;
  private final FilterMachine machine = new FilterMachine();
  private int count;
  private int[] keys = new int[2];
  private FilterProgram[] programs = new FilterProgram[2];

  public PacketFilter(FilterCompiler compiler) {
    this.compiler = compiler;
  }

  /**
   * Whether the filter lets a packet through.
   *
   * @param bytes holds the packet's captured bytes from {@code start} on
   * @param captured how many these are
   * @param wire bytes the packet had on the wire
   * @param linkType a LINKTYPE_ value of the tcpdump registry
   * @throws UncheckedIOException when the filter has no meaning for this link type
   */
  public boolean accepts(byte[] bytes, int start, int captured, int wire, int linkType) {
    boolean hostOrder = linkType == NULL || linkType == ENC;
    int key = hostOrder && captured > 0 && bytes[start] == 0 ? linkType | BIG_ENDIAN : linkType;
    return machine.run(program(key), bytes, start, captured, wire) != 0;
  }

  private FilterProgram program(int key) {
    for (int i = 0; i < count; i++) {
      if (keys[i] == key) {
        return programs[i];
      }
    }
    return compile(key);
  }

  private FilterProgram compile(int key) {
    boolean bigEndian = (key & BIG_ENDIAN) != 0;
    ByteOrder order = bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    try {
      FilterProgram program = compiler.program(key & ~BIG_ENDIAN, order);
      if (count == keys.length) {
        keys = Arrays.copyOf(keys, count * 2);
        programs = Arrays.copyOf(programs, count * 2);
      }
      keys[count] = key;
      programs[count++] = program;
      return program;
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }
}
