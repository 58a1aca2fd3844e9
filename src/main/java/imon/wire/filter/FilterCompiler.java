package imon.wire.filter;

import java.io.IOException;
import java.nio.ByteOrder;

/** Makes programs of one expression, a program for each kind of link. Safe for several threads. */
public interface FilterCompiler {
  /** The expression, as the user wrote it. */
  String expression();

  /**
   * The program for packets of a link type.
   *
   * @param linkType a LINKTYPE_ value of the tcpdump registry
   * @param order byte order of the machine that captured: loopback headers are in it
   * @throws IOException when the expression has no meaning for such packets, in one line
   */
  FilterProgram program(int linkType, ByteOrder order) throws IOException;
}
