package imon.wire.filter;

import static imon.wire.filter.Running.op;
import static imon.wire.filter.Running.run;
import static imon.wire.filter.Running.test;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.testing.Allocation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Codes stand as numbers, as in the definition of the BSD Packet Filter, not as our constants. */
class FilterMachineTest {
  private static final String PACKET = "45 01 02 03 84 85 86 87 fe ff";
  private static final int RUNS = 20_000;
  private static final Instruction RETURN_A = op(0x16, 0);
  private static final Instruction A_TO_X = op(0x07, 0);
  private static final Instruction X_TO_A = op(0x87, 0);

  @ParameterizedTest
  @CsvSource({
    "0x20, 0, 0x45010203",
    "0x20, 4, 0x84858687",
    "0x20, 6, 0x8687feff",
    "0x28, 4, 0x8485",
    "0x28, 8, 0xfeff",
    "0x30, 0, 0x45",
    "0x30, 9, 0xff",
    "0x80, 77, 1500",
    "0x00, 0x12345678, 0x12345678",
    "0x00, -1, -1"
  })
  void loadsFillTheAccumulator(String code, String constant, String expected) {
    assertEquals(number(expected), run(PACKET, op(number(code), number(constant)), RETURN_A));
  }

  @ParameterizedTest
  @CsvSource({
    "0x40, 1, 0x03848586",
    "0x48, 6, 0xfeff",
    "0x50, 7, 0xff",
    "0x50, 0, 0x02",
  })
  void indirectLoadsBeginAtTheIndex(String code, String constant, String expected) {
    int loaded = run(PACKET, op(0x01, 2), op(number(code), number(constant)), RETURN_A);
    assertEquals(number(expected), loaded);
  }

  @ParameterizedTest
  @CsvSource({
    "0x20, 7",
    "0x20, 10",
    "0x28, 9",
    "0x30, 10",
    "0x20, 0x7fffffff",
    "0x30, 0x80000000",
    "0x40, 5",
    "0x48, 7",
    "0x50, 8",
    "0x50, -2",
    "0x40, -2",
    "0xb1, 10",
    "0xb1, -1"
  })
  void aLoadBeyondTheCapturedBytesRejects(String code, String constant) {
    Instruction accept = op(0x06, 99);
    assertEquals(0, run(PACKET, op(0x01, 2), op(number(code), number(constant)), accept));
  }

  @ParameterizedTest
  @CsvSource({"0x01, 7, 7", "0x81, 0, 1500", "0xb1, 0, 20", "0xb1, 4, 16", "0xb1, 9, 60"})
  void loadsFillTheIndex(String code, String constant, String expected) {
    assertEquals(
        number(expected), run(PACKET, op(number(code), number(constant)), X_TO_A, RETURN_A));
  }

  @ParameterizedTest
  @CsvSource({
    "0x00, 7, 5, 12",
    "0x00, -1, 2, 1",
    "0x10, 5, 7, -2",
    "0x20, 0x10001, 0x10001, 0x20001",
    "0x30, 7, 2, 3",
    "0x30, -2, 2, 0x7fffffff",
    "0x40, 0x0f, 0xf0, 0xff",
    "0x50, 0x3c, 0xf0, 0x30",
    "0x60, 1, 31, 0x80000000",
    "0x60, 1, 32, 0",
    "0x60, 1, -1, 0",
    "0x70, -1, 31, 1",
    "0x70, -1, 32, 0",
    "0x90, 7, 4, 3",
    "0x90, -1, 10, 5",
    "0xa0, 0xff, 0x0f, 0xf0"
  })
  void arithmeticIsUnsigned(String operation, String left, String right, String expected) {
    int code = 0x04 | number(operation);
    assertEquals(
        number(expected),
        run(PACKET, op(0x00, number(left)), op(code, number(right)), RETURN_A),
        "with a constant");
    assertEquals(
        number(expected),
        run(PACKET, op(0x01, number(right)), op(0x00, number(left)), op(code | 0x08, 0), RETURN_A),
        "with the index");
  }

  @Test
  void negationIsOfTheAccumulator() {
    assertEquals(-5, run(PACKET, op(0x00, 5), op(0x84, 0), RETURN_A));
  }

  @ParameterizedTest
  @CsvSource({"0x3c", "0x9c"})
  void aDivisionByAnIndexOf0Rejects(String code) {
    assertEquals(0, run(PACKET, op(0x00, 7), op(number(code), 0), op(0x06, 99)));
  }

  @ParameterizedTest
  @CsvSource({
    "0x10, 7, 7, true",
    "0x10, 7, 8, false",
    "0x20, 8, 7, true",
    "0x20, 7, 7, false",
    "0x20, -1, 7, true",
    "0x30, 7, 7, true",
    "0x30, 6, 7, false",
    "0x30, 6, -1, false",
    "0x40, 6, 2, true",
    "0x40, 6, 9, false"
  })
  void testsAreUnsigned(String operation, String left, String right, boolean holds) {
    int code = 0x05 | number(operation);
    Instruction[] ends = {op(0x06, 1), op(0x06, 2), op(0x06, 3), op(0x06, 4)};
    int expected = holds ? 2 : 4;
    Instruction load = op(0x00, number(left));
    assertEquals(
        expected,
        run(PACKET, load, test(code, number(right), 1, 3), ends[0], ends[1], ends[2], ends[3]));
    assertEquals(
        expected,
        run(
            PACKET,
            op(0x01, number(right)),
            load,
            test(code | 0x08, 0, 1, 3),
            ends[0],
            ends[1],
            ends[2],
            ends[3]));
  }

  @Test
  void aJumpPassesOverAsManyInstructionsAsItSays() {
    assertEquals(3, run(PACKET, op(0x05, 2), op(0x06, 1), op(0x06, 2), op(0x06, 3)));
  }

  @Test
  void aJumpBackMakesALoop() {
    Instruction[] countToTen = {
      op(0x04, 1), // A += 1
      test(0x35, 10, 1, 0), // A >= 10: pass over the jump
      op(0x05, -3),
      RETURN_A
    };
    assertEquals(10, run(PACKET, countToTen));
  }

  @Test
  void anEndlessLoopRejects() {
    assertEquals(0, run(PACKET, op(0x05, -1), op(0x06, 99)));
    assertEquals(0, run(PACKET, op(0x04, 1), op(0x05, -2), op(0x06, 99)));
  }

  @Test
  void memoryKeepsTheAccumulatorAndTheIndex() {
    assertEquals(
        0x4502,
        run(
            PACKET,
            op(0x30, 0),
            op(0x02, 15), // memory[15] = A
            op(0x01, 2),
            op(0x03, 0), // memory[0] = X
            op(0x61, 15), // X = memory[15]
            op(0x00, 256),
            op(0x2c, 0), // A *= X
            A_TO_X,
            op(0x60, 0), // A = memory[0]
            op(0x0c, 0), // A += X
            RETURN_A));
  }

  @Test
  void aPacketFindsNothingInMemoryOfThePacketBefore() {
    FilterMachine machine = new FilterMachine();
    Instruction[] writes = {op(0x00, 9), op(0x02, 3), op(0x60, 3), RETURN_A};
    Instruction[] reads = {op(0x60, 3), RETURN_A};
    assertEquals(9, run(machine, new byte[4], writes));
    assertEquals(0, run(machine, new byte[4], reads));
  }

  @Test
  void registersBeginWith0() {
    assertEquals(0, run(PACKET, RETURN_A));
    assertEquals(0, run(PACKET, X_TO_A, RETURN_A));
    assertEquals(-7, run(PACKET, op(0x06, -7)));
  }

  @Test
  void aRunAllocatesNothing() {
    FilterProgram program =
        new FilterProgram(List.of(op(0xb1, 0), op(0x48, 0), op(0x02, 1), op(0x60, 1), RETURN_A));
    FilterMachine machine = new FilterMachine();
    byte[] packet = new byte[64];
    long allocated = Allocation.of(RUNS, () -> machine.run(program, packet, 4, 60, 60));
    assertTrue(allocated < RUNS, () -> allocated + " bytes in " + RUNS + " runs");
  }

  private static int number(String text) {
    return Long.decode(text).intValue();
  }
}
