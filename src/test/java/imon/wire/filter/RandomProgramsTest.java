package imon.wire.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.testing.LongTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A program either is refused, or runs on any packet, to an end. */
@LongTest
class RandomProgramsTest {
  private static final int PROGRAMS = 30_000;
  private static final int LONGEST = 24;
  private static final int[] KNOWN =
      IntStream.rangeClosed(0, 0xff).filter(Opcode::isKnown).toArray();

  /** Constants at borders: of a packet, of memory, of a word, of what a kernel knows. */
  private static final int[] BORDERS = {
    0,
    1,
    2,
    15,
    16,
    31,
    32,
    63,
    64,
    65,
    -1,
    -2,
    -0x200000,
    -0x200001,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE
  };

  private final FilterMachine machine = new FilterMachine();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aProgramThatIsTakenRunsToAnEnd(long seed) {
    Random random = new Random(seed);
    int taken = 0;
    int accepting = 0;
    for (int i = 0; i < PROGRAMS; i++) {
      FilterProgram program = checked(program(random));
      if (program != null) {
        taken++;
        accepting += runsAlike(program, random) != 0 ? 1 : 0;
      }
    }
    assertTrue(taken > PROGRAMS / 20, "taken: " + taken);
    assertTrue(accepting > taken / 20, "accepting: " + accepting);
  }

  private static FilterProgram checked(List<Instruction> program) {
    try {
      return new FilterProgram(program);
    } catch (IllegalArgumentException refused) {
      return null;
    }
  }

  /** What stands around a packet, and what ran before, changes nothing. */
  private int runsAlike(FilterProgram program, Random random) {
    byte[] packet = new byte[random.nextInt(65)];
    random.nextBytes(packet);
    int wire = packet.length + random.nextInt(2000);
    int kept = machine.run(program, packet, 0, packet.length, wire);
    byte[] within = new byte[200];
    random.nextBytes(within);
    System.arraycopy(packet, 0, within, 100, packet.length);
    assertEquals(kept, new FilterMachine().run(program, within, 100, packet.length, wire));
    return kept;
  }

  private static List<Instruction> program(Random random) {
    List<Instruction> program = new ArrayList<>();
    int length = random.nextInt(LONGEST);
    for (int i = 0; i < length; i++) {
      int code =
          random.nextInt(50) == 0 ? random.nextInt(0x200) : KNOWN[random.nextInt(KNOWN.length)];
      int left = Math.max(1, length - i);
      program.add(
          new Instruction(
              code, random.nextInt(left), random.nextInt(left), constant(random, code, left)));
    }
    program.add(new Instruction(0x06, random.nextInt()));
    return program;
  }

  /** Mostly such that the program is taken, else few would be. */
  private static int constant(Random random, int code, int left) {
    if (random.nextInt(20) == 0) {
      return BORDERS[random.nextInt(BORDERS.length)];
    }
    return code == 0x05 ? random.nextInt(left + 3) - 3 : 1 + random.nextInt(15);
  }
}
