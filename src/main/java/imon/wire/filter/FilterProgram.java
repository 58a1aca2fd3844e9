package imon.wire.filter;

import java.util.List;

/**
 * A program of the classic BSD Packet Filter that a {@link FilterMachine} can run on any packet: it
 * has been checked. Immutable.
 */
public final class FilterProgram {
  private final int[] codes;
  private final int[] constants;
  private final int[] ifTrue;
  private final int[] ifFalse;
  private final boolean readsMemory;

  /**
   * Checks a program and keeps it.
   *
   * @throws IllegalArgumentException when it has an unknown instruction, jumps out of itself,
   *     divides by a constant 0, leaves its memory, does not end, or loads what only a Linux kernel
   *     has
   */
  public FilterProgram(List<Instruction> program) {
    ProgramCheck.check(program);
    codes = program.stream().mapToInt(Instruction::code).toArray();
    constants = program.stream().mapToInt(Instruction::constant).toArray();
    ifTrue = program.stream().mapToInt(Instruction::ifTrue).toArray();
    ifFalse = program.stream().mapToInt(Instruction::ifFalse).toArray();
    readsMemory = program.stream().anyMatch(FilterProgram::isFromMemory);
  }

  private static boolean isFromMemory(Instruction instruction) {
    int instructionClass = instruction.code() & Opcode.CLASS;
    boolean loads = instructionClass == Opcode.LD || instructionClass == Opcode.LDX;
    return loads && (instruction.code() & Opcode.MODE) == Opcode.MEMORY;
  }

  int code(int at) {
    return codes[at];
  }

  int constant(int at) {
    return constants[at];
  }

  int ifTrue(int at) {
    return ifTrue[at];
  }

  int ifFalse(int at) {
    return ifFalse[at];
  }

  /** Whether what stands in memory can have an effect. */
  boolean readsMemory() {
    return readsMemory;
  }
}
