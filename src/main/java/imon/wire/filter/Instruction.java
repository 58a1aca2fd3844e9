package imon.wire.filter;

/**
 * One instruction of a program.
 *
 * @param code what it does, 16 bits
 * @param ifTrue instructions to pass over when its test holds, 8 bits
 * @param ifFalse instructions to pass over when it does not, 8 bits
 * @param constant its operand, 32 bits
 */
public record Instruction(int code, int ifTrue, int ifFalse, int constant) {
  /** One without a test. */
  public Instruction(int code, int constant) {
    this(code, 0, 0, constant);
  }
}
