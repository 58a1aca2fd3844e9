package imon.wire.filter;

import static imon.wire.filter.Running.op;
import static imon.wire.filter.Running.test;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgramCheckTest {
  private static final Instruction END = op(0x06, 1);

  /** Every code of the BSD Packet Filter, with the additions LEN to X, MOD and XOR. */
  private static final Set<Integer> CODES =
      Set.of(
          0x00, 0x20, 0x28, 0x30, 0x40, 0x48, 0x50, 0x60, 0x80, // to A
          0x01, 0x61, 0x81, 0xb1, // to X
          0x02, 0x03, // to memory
          0x04, 0x0c, 0x14, 0x1c, 0x24, 0x2c, 0x34, 0x3c, 0x44, 0x4c, 0x54, 0x5c, 0x64, 0x6c, 0x74,
          0x7c, 0x84, 0x94, 0x9c, 0xa4, 0xac, // arithmetic
          0x05, 0x15, 0x1d, 0x25, 0x2d, 0x35, 0x3d, 0x45, 0x4d, // jumps
          0x06, 0x16, // returns
          0x07, 0x87); // copies

  private static String refused(Instruction... program) {
    List<Instruction> instructions = List.of(program);
    return assertThrows(IllegalArgumentException.class, () -> new FilterProgram(instructions))
        .getMessage();
  }

  @Test
  void exactlyTheKnownInstructionsAreTaken() {
    Set<Integer> taken = new TreeSet<>();
    for (int code = 0; code <= 0xffff; code++) {
      if (Opcode.isKnown(code)) {
        taken.add(code);
      }
    }
    assertEquals(new TreeSet<>(CODES), taken);
    for (int code : CODES) {
      new FilterProgram(List.of(test(code, 1, 0, 0), END, END));
    }
  }

  @Test
  void anUnknownInstructionIsNamed() {
    assertEquals(
        "filter program, instruction 1 (code 0xb0, constant 3): no such instruction",
        refused(op(0x00, 1), op(0xb0, 3), END));
  }

  @Test
  void aProgramHasAnEnd() {
    assertTrue(refused().contains("1 to 65536 instructions, not 0"));
    assertTrue(refused(op(0x00, 1)).endsWith("the last one must return"));
    assertTrue(refused(END, op(0x05, -2)).endsWith("the last one must return"));
    List<Instruction> endless = Collections.nCopies(ProgramCheck.MOST_INSTRUCTIONS + 1, END);
    assertThrows(IllegalArgumentException.class, () -> new FilterProgram(endless));
    new FilterProgram(endless.subList(1, endless.size()));
  }

  @Test
  void noJumpLeavesTheProgram() {
    assertTrue(refused(test(0x15, 0, 1, 0), END).contains("jumps out of the program, to 2"));
    assertTrue(refused(test(0x15, 0, 0, 255), END).contains("jumps out of the program, to 256"));
    assertTrue(refused(op(0x05, 1), END).contains("jumps out of the program, to 2"));
    assertTrue(refused(op(0x05, -2), END).contains("jumps out of the program, to -1"));
    assertTrue(refused(op(0x05, Integer.MAX_VALUE), END).contains("to 2147483648"));
    new FilterProgram(List.of(test(0x15, 0, 0, 1), END, END));
  }

  @ParameterizedTest
  @ValueSource(ints = {0x34, 0x94})
  void noConstantDivisorIs0(int code) {
    assertTrue(refused(op(code, 0), END).endsWith("it divides by 0"));
    new FilterProgram(List.of(op(code, -1), op(code | 0x08, 0), END));
  }

  @ParameterizedTest
  @ValueSource(ints = {0x60, 0x61, 0x02, 0x03})
  void memoryHas16Words(int code) {
    assertTrue(refused(op(code, 16), END).endsWith("memory has 16 words"));
    assertTrue(refused(op(code, -1), END).endsWith("memory has 16 words"));
    new FilterProgram(List.of(op(code, 15), END));
  }

  @ParameterizedTest
  @ValueSource(ints = {-0x1000 + 44, -0x1000, -0x100000, -0x200000, -1})
  void whatOnlyALinuxKernelKnowsIsRefused(int offset) {
    for (int code : new int[] {0x20, 0x28, 0x30}) {
      assertTrue(refused(op(code, offset), END).contains("only a Linux kernel"));
    }
    new FilterProgram(List.of(op(0x40, offset), op(0x00, offset), END));
  }
}
