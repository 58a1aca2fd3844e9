package imon.wire.filter;

/**
 * Codes of instructions and their parts: the class in the low three bits, then size and mode of
 * loads, or operation and operand of the others.
 */
final class Opcode {
  static final int CLASS = 0x07;
  static final int LD = 0x00;
  static final int LDX = 0x01;
  static final int ST = 0x02;
  static final int STX = 0x03;
  static final int ALU = 0x04;
  static final int JMP = 0x05;
  static final int RET = 0x06;
  static final int MISC = 0x07;

  /** Size of a load. */
  static final int SIZE = 0x18;

  static final int WORD = 0x00;
  static final int HALF = 0x08;
  static final int BYTE = 0x10;

  /** Where a load takes its value from. */
  static final int MODE = 0xe0;

  static final int IMMEDIATE = 0x00;
  static final int ABSOLUTE = 0x20;
  static final int INDIRECT = 0x40;
  static final int MEMORY = 0x60;
  static final int LENGTH = 0x80;

  /** Four times the low half of a byte: the length of the IPv4 header that begins with it. */
  static final int HEADER_LENGTH = 0xa0;

  /** Set when the operand of arithmetic or of a jump is the index register. */
  static final int INDEX = 0x08;

  /** The operation of arithmetic or of a jump. */
  static final int OPERATION = 0xf0;

  static final int ADD = 0x00;
  static final int SUB = 0x10;
  static final int MUL = 0x20;
  static final int DIV = 0x30;
  static final int OR = 0x40;
  static final int AND = 0x50;
  static final int LSH = 0x60;
  static final int RSH = 0x70;
  static final int NEG = 0x80;
  static final int MOD = 0x90;
  static final int XOR = 0xa0;

  static final int JA = 0x00;
  static final int JEQ = 0x10;
  static final int JGT = 0x20;
  static final int JGE = 0x30;
  static final int JSET = 0x40;

  static final int RETURN_CONSTANT = RET;
  static final int RETURN_ACCUMULATOR = RET | 0x10;
  static final int TAX = MISC;
  static final int TXA = MISC | 0x80;

  private Opcode() {}

  /** Whether there is an instruction with this code, and {@link FilterProgram} runs it. */
  static boolean isKnown(int code) {
    return switch (code & CLASS) {
      case LD -> isLoad(code & ~CLASS);
      case LDX -> isIndexLoad(code & ~CLASS);
      case ST, STX -> code == ST || code == STX;
      case ALU -> isArithmetic(code);
      case JMP -> (code & OPERATION) <= JSET && code != (JMP | INDEX) && code <= 0xff;
      case RET -> code == RETURN_CONSTANT || code == RETURN_ACCUMULATOR;
      default -> code == TAX || code == TXA;
    };
  }

  private static boolean isLoad(int sizeAndMode) {
    return switch (sizeAndMode & MODE) {
      case ABSOLUTE, INDIRECT ->
          (sizeAndMode & SIZE) != SIZE && (sizeAndMode & ~(SIZE | MODE)) == 0;
      default -> sizeAndMode == IMMEDIATE || sizeAndMode == MEMORY || sizeAndMode == LENGTH;
    };
  }

  private static boolean isIndexLoad(int sizeAndMode) {
    return sizeAndMode == IMMEDIATE
        || sizeAndMode == MEMORY
        || sizeAndMode == LENGTH
        || sizeAndMode == (HEADER_LENGTH | BYTE);
  }

  private static boolean isArithmetic(int code) {
    return code <= 0xff && (code & OPERATION) <= XOR && code != (ALU | NEG | INDEX);
  }
}
