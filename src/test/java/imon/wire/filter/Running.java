package imon.wire.filter;

import imon.testing.Hex;
import java.util.Arrays;
import java.util.List;

/** Programs by hand, run on a packet that does not begin where its buffer does. */
final class Running {
  /** Bytes before and behind the packet, which no program may see. */
  private static final int AROUND = 7;

  private static final byte FOREIGN = (byte) 0xee;

  private Running() {}

  /** What a program of these instructions keeps of a packet, whose wire length is 1500. */
  static int run(String packet, Instruction... program) {
    return run(Hex.bytes(packet), program);
  }

  static int run(byte[] packet, Instruction... program) {
    return run(new FilterMachine(), packet, program);
  }

  static int run(FilterMachine machine, byte[] packet, Instruction... program) {
    byte[] buffer = new byte[packet.length + 2 * AROUND];
    Arrays.fill(buffer, FOREIGN);
    System.arraycopy(packet, 0, buffer, AROUND, packet.length);
    FilterProgram checked = new FilterProgram(List.of(program));
    return machine.run(checked, buffer, AROUND, packet.length, 1500);
  }

  static Instruction op(int code, int constant) {
    return new Instruction(code, constant);
  }

  static Instruction test(int code, int constant, int ifTrue, int ifFalse) {
    return new Instruction(code, ifTrue, ifFalse, constant);
  }
}
