package imon.live.device;

import imon.pcap.LinkTypes;
import imon.wire.filter.FilterCompiler;
import imon.wire.filter.FilterProgram;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/**
 * A filter in libpcap's language, compiled by libpcap once for each kind of link, as for a file.
 * Libpcap asks this system for the addresses of host names in it, as tcpdump does.
 */
public final class LibpcapFilter implements FilterCompiler {
  /**
   * Where an expression that is not for Ethernet could be at home: raw IP, 802.11 (also with
   * radiotap), Linux cooked captures, PPP, PFLOG, ATM, MTP2. Sound for none of them is wrong.
   */
  private static final int[] LINK_TYPES = {1, 101, 105, 127, 113, 276, 9, 117, 123, 140};

  private record Link(int type, ByteOrder order) {}

  private final String expression;
  private final Map<Link, FilterProgram> programs = new HashMap<>();

  private LibpcapFilter(String expression) {
    this.expression = expression;
  }

  /**
   * Checks an expression.
   *
   * @throws IllegalArgumentException when it is wrong whatever the link
   * @throws IOException when there is no libpcap
   */
  public static LibpcapFilter of(String expression) throws IOException {
    LibpcapFilter filter = new LibpcapFilter(expression);
    try {
      filter.check();
    } catch (LinkageError e) {
      throw OpenFailure.withoutLibrary(e);
    }
    return filter;
  }

  private void check() {
    String reason = "";
    for (int linkType : LINK_TYPES) {
      try {
        compile(linkType, ByteOrder.nativeOrder());
        return;
      } catch (IOException e) {
        reason = reason.isEmpty() ? String.valueOf(e.getMessage()) : reason;
      }
    }
    throw new IllegalArgumentException("--filter '" + expression + "': " + reason);
  }

  private FilterProgram compile(int linkType, ByteOrder order) throws IOException {
    try (OfflineHandle handle = new OfflineHandle(linkType, order)) {
      return new FilterProgram(handle.compile(expression));
    }
  }

  @Override
  public String expression() {
    return expression;
  }

  @Override
  public synchronized FilterProgram program(int linkType, ByteOrder order) throws IOException {
    Link link = new Link(linkType, order);
    FilterProgram known = programs.get(link);
    if (known != null) {
      return known;
    }
    try {
      FilterProgram program = compile(linkType, order);
      programs.put(link, program);
      return program;
    } catch (IOException | IllegalArgumentException e) {
      throw new IOException(
          "--filter '%s' cannot be used with link type %s: %s; leave the capture or the filter out"
              .formatted(expression, LinkTypes.name(linkType), e.getMessage()),
          e);
    }
  }
}
