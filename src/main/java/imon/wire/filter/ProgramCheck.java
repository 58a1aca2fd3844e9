package imon.wire.filter;

import java.util.List;

/**
 * Refuses programs that could leave their bounds when they run: after this check no step of a
 * program can fail.
 */
final class ProgramCheck {
  /** More than libpcap makes of any expression that a command line can hold in practice. */
  static final int MOST_INSTRUCTIONS = 1 << 16;

  /** Constants from here up (unsigned) ask the Linux kernel for what is beside the packet. */
  private static final int FIRST_ANCILLARY = -0x200000;

  private final List<Instruction> program;

  private ProgramCheck(List<Instruction> program) {
    this.program = program;
  }

  /**
   * Checks a program.
   *
   * @throws IllegalArgumentException when it is refused, with the instruction's number from 0
   */
  static void check(List<Instruction> program) {
    if (program.isEmpty() || program.size() > MOST_INSTRUCTIONS) {
      throw new IllegalArgumentException(
          "a filter program has 1 to "
              + MOST_INSTRUCTIONS
              + " instructions, not "
              + program.size());
    }
    ProgramCheck check = new ProgramCheck(program);
    for (int at = 0; at < program.size(); at++) {
      check.check(at, program.get(at));
    }
    int last = program.size() - 1;
    if ((program.get(last).code() & Opcode.CLASS) != Opcode.RET) {
      throw refused(last, program.get(last), "the last one must return");
    }
  }

  private void check(int at, Instruction instruction) {
    int code = instruction.code();
    if (!Opcode.isKnown(code)) {
      throw refused(at, instruction, "no such instruction");
    }
    switch (code & Opcode.CLASS) {
      case Opcode.LD, Opcode.LDX -> checkLoad(at, instruction);
      case Opcode.ST, Opcode.STX -> checkMemory(at, instruction);
      case Opcode.ALU -> checkDivision(at, instruction);
      case Opcode.JMP -> checkJump(at, instruction);
      default -> {}
    }
  }

  private static void checkLoad(int at, Instruction load) {
    int mode = load.code() & Opcode.MODE;
    if (mode == Opcode.MEMORY) {
      checkMemory(at, load);
    }
    boolean ancillary = Integer.compareUnsigned(load.constant(), FIRST_ANCILLARY) >= 0;
    if (mode == Opcode.ABSOLUTE && ancillary) {
      throw refused(at, load, "only a Linux kernel can load from a negative offset");
    }
  }

  private static void checkMemory(int at, Instruction instruction) {
    if (Integer.compareUnsigned(instruction.constant(), FilterMachine.MEMORY_WORDS) >= 0) {
      throw refused(at, instruction, "memory has " + FilterMachine.MEMORY_WORDS + " words");
    }
  }

  private static void checkDivision(int at, Instruction arithmetic) {
    int operation = arithmetic.code() & Opcode.OPERATION;
    boolean divides = operation == Opcode.DIV || operation == Opcode.MOD;
    boolean byConstant = (arithmetic.code() & Opcode.INDEX) == 0;
    if (divides && byConstant && arithmetic.constant() == 0) {
      throw refused(at, arithmetic, "it divides by 0");
    }
  }

  private void checkJump(int at, Instruction jump) {
    if ((jump.code() & Opcode.OPERATION) == Opcode.JA) {
      checkTarget(at, jump, jump.constant());
    } else {
      checkTarget(at, jump, jump.ifTrue());
      checkTarget(at, jump, jump.ifFalse());
    }
  }

  private void checkTarget(int at, Instruction jump, int distance) {
    long target = at + 1L + distance;
    if (target < 0 || target >= program.size()) {
      throw refused(at, jump, "it jumps out of the program, to " + target);
    }
  }

  private static IllegalArgumentException refused(int at, Instruction instruction, String why) {
    return new IllegalArgumentException(
        "filter program, instruction %d (code 0x%02x, constant %d): %s"
            .formatted(at, instruction.code(), instruction.constant(), why));
  }
}
