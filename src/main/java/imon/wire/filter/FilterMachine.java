package imon.wire.filter;

import imon.wire.Bytes;
import java.util.Arrays;

/**
 * Runs programs: an accumulator, an index register, {@value #MEMORY_WORDS} words of memory, and
 * unsigned arithmetic on 32 bits. It says of a packet what libpcap's own interpreter says of one
 * from a file. Used by one thread; allocates nothing.
 */
public final class FilterMachine {
  static final int MEMORY_WORDS = 16;

  /**
   * How often a program may jump back on one packet before the packet is rejected. Only {@code
   * protochain} does, once for each header, and 262,144 bytes hold no more headers than this.
   */
  static final int MOST_JUMPS_BACK = 1 << 15;

  private static final long UNSIGNED = 0xffff_ffffL;

  /** Answer of a load: the packet has no such bytes. */
  private static final long ABSENT = -1;

  private final int[] memory = new int[MEMORY_WORDS];
  private int accumulator;
  private int index;
  private byte[] bytes = new byte[0];
  private int start;
  private int captured;
  private int wire;

  /**
   * Runs a program on a packet. A load beyond the captured bytes and a division by 0 reject it.
   *
   * @param packet holds the captured bytes from {@code packetStart} on
   * @param capturedLength how many these are
   * @param wireLength bytes the packet had on the wire
   * @return bytes of the packet to keep, unsigned; 0 when it is rejected
   */
  public int run(
      FilterProgram program, byte[] packet, int packetStart, int capturedLength, int wireLength) {
    bytes = packet;
    start = packetStart;
    captured = capturedLength;
    wire = wireLength;
    accumulator = 0;
    index = 0;
    if (program.readsMemory()) {
      Arrays.fill(memory, 0);
    }
    return run(program);
  }

  private int run(FilterProgram program) {
    int jumpsBack = 0;
    for (int at = 0; ; at++) {
      int code = program.code(at);
      int constant = program.constant(at);
      switch (code & Opcode.CLASS) {
        case Opcode.RET -> {
          return code == Opcode.RETURN_ACCUMULATOR ? accumulator : constant;
        }
        case Opcode.JMP -> {
          int distance = distance(program, at, code, operand(code, constant));
          jumpsBack += distance >>> 31;
          if (jumpsBack > MOST_JUMPS_BACK) {
            return 0;
          }
          at += distance;
        }
        default -> {
          if (!step(code, constant)) {
            return 0;
          }
        }
      }
    }
  }

  /** The operand of arithmetic or of a test. */
  private int operand(int code, int constant) {
    return (code & Opcode.INDEX) != 0 ? index : constant;
  }

  private int distance(FilterProgram program, int at, int code, int operand) {
    int operation = code & Opcode.OPERATION;
    if (operation == Opcode.JA) {
      return operand;
    }
    return holds(operation, operand) ? program.ifTrue(at) : program.ifFalse(at);
  }

  private boolean holds(int operation, int operand) {
    return switch (operation) {
      case Opcode.JEQ -> accumulator == operand;
      case Opcode.JGT -> Integer.compareUnsigned(accumulator, operand) > 0;
      case Opcode.JGE -> Integer.compareUnsigned(accumulator, operand) >= 0;
      default -> (accumulator & operand) != 0;
    };
  }

  /** Does an instruction that is followed by the next one; false when it rejects the packet. */
  private boolean step(int code, int constant) {
    switch (code & Opcode.CLASS) {
      case Opcode.LD -> {
        long loaded = load(code, constant);
        accumulator = (int) loaded;
        return loaded != ABSENT;
      }
      case Opcode.LDX -> {
        long loaded = load(code, constant);
        index = (int) loaded;
        return loaded != ABSENT;
      }
      case Opcode.ST -> memory[constant] = accumulator;
      case Opcode.STX -> memory[constant] = index;
      case Opcode.ALU -> {
        return calculate(code & Opcode.OPERATION, operand(code, constant));
      }
      default -> copy(code);
    }
    return true;
  }

  private void copy(int code) {
    if (code == Opcode.TAX) {
      index = accumulator;
    } else {
      accumulator = index;
    }
  }

  private long load(int code, int constant) {
    return switch (code & Opcode.MODE) {
      case Opcode.IMMEDIATE -> constant & UNSIGNED;
      case Opcode.ABSOLUTE -> packet(code & Opcode.SIZE, constant & UNSIGNED);
      case Opcode.INDIRECT ->
          packet(code & Opcode.SIZE, (index & UNSIGNED) + (constant & UNSIGNED));
      case Opcode.MEMORY -> memory[constant] & UNSIGNED;
      case Opcode.LENGTH -> wire & UNSIGNED;
      default -> headerLength(constant & UNSIGNED);
    };
  }

  private long packet(int size, long offset) {
    int length = size == Opcode.WORD ? 4 : size == Opcode.HALF ? 2 : 1;
    if (offset + length > captured) {
      return ABSENT;
    }
    int at = start + (int) offset;
    return switch (length) {
      case 4 -> Bytes.i32(bytes, at) & UNSIGNED;
      case 2 -> Bytes.u16(bytes, at);
      default -> Bytes.u8(bytes, at);
    };
  }

  private long headerLength(long offset) {
    long octet = packet(Opcode.BYTE, offset);
    return octet == ABSENT ? ABSENT : (octet & 0xf) << 2;
  }

  /** Changes the accumulator; false when that would divide by 0. */
  private boolean calculate(int operation, int operand) {
    if (operand == 0 && (operation == Opcode.DIV || operation == Opcode.MOD)) {
      return false;
    }
    accumulator =
        switch (operation) {
          case Opcode.ADD -> accumulator + operand;
          case Opcode.SUB -> accumulator - operand;
          case Opcode.MUL -> accumulator * operand;
          case Opcode.DIV -> Integer.divideUnsigned(accumulator, operand);
          case Opcode.MOD -> Integer.remainderUnsigned(accumulator, operand);
          case Opcode.OR -> accumulator | operand;
          case Opcode.AND -> accumulator & operand;
          case Opcode.XOR -> accumulator ^ operand;
          case Opcode.LSH -> shifted(operand, true);
          case Opcode.RSH -> shifted(operand, false);
          default -> -accumulator;
        };
    return true;
  }

  /** Java shifts by the low five bits of a distance; here, 32 and more leave nothing. */
  private int shifted(int distance, boolean left) {
    if (Integer.compareUnsigned(distance, Integer.SIZE) >= 0) {
      return 0;
    }
    return left ? accumulator << distance : accumulator >>> distance;
  }
}
