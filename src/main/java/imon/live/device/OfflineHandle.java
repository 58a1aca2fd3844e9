package imon.live.device;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import imon.wire.filter.Instruction;
import java.io.Closeable;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Libpcap's handle on a capture file without packets. Libpcap reads the file's header itself, so
 * that it takes the link type for what it is in files, and compiles as for a file: without what
 * only a live device can say of a packet.
 */
final class OfflineHandle implements Closeable {
  private static final int MAGIC = 0xa1b2c3d4;
  private static final short MAJOR_VERSION = 2;
  private static final short MINOR_VERSION = 4;

  /** Only what an accepting program returns depends on it, and that not to be 0. */
  private static final int SNAP_LENGTH = 262_144;

  private static final int ERROR_LENGTH = 256; // PCAP_ERRBUF_SIZE

  /** Length in bytes of struct bpf_program: a count, and behind a gap the instructions' address. */
  private static final int PROGRAM_LENGTH = 16;

  private static final int INSTRUCTIONS = 8;
  private static final int INSTRUCTION_LENGTH = 8;

  /** As tcpdump has it for files; only {@code ip broadcast} asks. */
  private static final int NETMASK = 0;

  private static final int OPTIMIZE = 1;

  private final ByteBuffer header;
  private final long handle;

  /**
   * Opens one.
   *
   * @param linkType a LINKTYPE_ value of the tcpdump registry
   * @param order of the machine that wrote the file
   * @throws LinkageError when there is no libpcap
   */
  OfflineHandle(int linkType, ByteOrder order) throws IOException {
    header = ByteBuffer.allocateDirect(PacketSource.FILE_HEADER_LENGTH).order(order);
    header.putInt(MAGIC).putShort(MAJOR_VERSION).putShort(MINOR_VERSION).putLong(0);
    header.putInt(SNAP_LENGTH).putInt(linkType).flip();
    byte[] error = new byte[ERROR_LENGTH];
    handle = NativePcap.pcap_fopen_offline(MemoryStream.reading(header), error);
    if (handle == 0) {
      throw new IOException(new String(error, StandardCharsets.UTF_8).replaceAll("\0.*", ""));
    }
  }

  /**
   * Compiles an expression.
   *
   * @throws IOException with libpcap's reason why it cannot be
   */
  List<Instruction> compile(String expression) throws IOException {
    try (Memory program = new Memory(PROGRAM_LENGTH)) {
      program.clear();
      long address = Pointer.nativeValue(program);
      if (NativePcap.pcap_compile(handle, address, expression, OPTIMIZE, NETMASK) != 0) {
        throw new IOException(NativePcap.pcap_geterr(handle).strip());
      }
      try {
        return instructions(program);
      } finally {
        NativePcap.pcap_freecode(address);
      }
    }
  }

  private static List<Instruction> instructions(Memory program) {
    int count = program.getInt(0);
    Pointer first = program.getPointer(INSTRUCTIONS);
    ByteBuffer bytes = first.getByteBuffer(0, (long) count * INSTRUCTION_LENGTH);
    List<Instruction> instructions = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int code = Short.toUnsignedInt(bytes.getShort());
      int ifTrue = Byte.toUnsignedInt(bytes.get());
      int ifFalse = Byte.toUnsignedInt(bytes.get());
      instructions.add(new Instruction(code, ifTrue, ifFalse, bytes.getInt()));
    }
    return instructions;
  }

  @Override
  public void close() {
    try {
      NativePcap.pcap_close(handle);
    } finally {
      Reference.reachabilityFence(header);
    }
  }
}
