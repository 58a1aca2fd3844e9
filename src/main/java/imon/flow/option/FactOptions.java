package imon.flow.option;

import imon.wire.AddressBlock;
import java.util.ArrayList;
import java.util.List;

/**
 * All options that change facts.
 *
 * @param dedupe whether packets that were captured twice are told apart, and belong to no flow
 * @param local which addresses are local
 * @param timeouts silences that end flows
 * @param filter the expression of the filter that packets went through; empty when all did
 */
public record FactOptions(
    boolean dedupe, LocalNetworks local, IdleTimeouts timeouts, String filter) {
  /** What holds unless others are asked for; its text is empty. */
  public static final FactOptions DEFAULT =
      new FactOptions(false, LocalNetworks.PRIVATE, IdleTimeouts.DEFAULT);

  private static final String BETWEEN = "; ";
  private static final String DEDUPE = "dedupe";
  private static final String LOCAL_NET = "local-net ";
  private static final String TCP_TIMEOUT = "tcp-timeout ";
  private static final String UDP_TIMEOUT = "udp-timeout ";
  private static final String FILTER = "filter (";
  private static final String END_OF_FILTER = ")";

  /** Options of a run without a filter. */
  public FactOptions(boolean dedupe, LocalNetworks local, IdleTimeouts timeouts) {
    this(dedupe, local, timeouts, "");
  }

  /** The same, with the expression of a filter. */
  public FactOptions filtered(String expression) {
    return new FactOptions(dedupe, local, timeouts, expression);
  }

  /**
   * Those that differ from {@link #DEFAULT}, such as {@code dedupe; local-net 203.0.113.0/24;
   * tcp-timeout 600}: always in the same order, so that equal options have equal texts.
   */
  public String text() {
    return String.join(BETWEEN, parts());
  }

  private List<String> parts() {
    List<String> parts = new ArrayList<>();
    if (dedupe) {
      parts.add(DEDUPE);
    }
    local.given().forEach(block -> parts.add(LOCAL_NET + block));
    if (timeouts.tcpSeconds() != IdleTimeouts.DEFAULT.tcpSeconds()) {
      parts.add(TCP_TIMEOUT + timeouts.tcpSeconds());
    }
    if (timeouts.otherSeconds() != IdleTimeouts.DEFAULT.otherSeconds()) {
      parts.add(UDP_TIMEOUT + timeouts.otherSeconds());
    }
    if (!filter.isEmpty()) {
      parts.add(FILTER + filter + END_OF_FILTER);
    }
    return parts;
  }

  /** The same as words of a command line. */
  public List<String> words() {
    return parts().stream().map(part -> "--" + part.replaceFirst(" ", "=")).toList();
  }

  /**
   * The options of a text.
   *
   * @throws IllegalArgumentException when {@link #text} does not write such
   */
  public static FactOptions parse(String text) {
    boolean dedupe = false;
    int tcp = IdleTimeouts.DEFAULT.tcpSeconds();
    int other = IdleTimeouts.DEFAULT.otherSeconds();
    String filter = "";
    List<AddressBlock> blocks = new ArrayList<>();
    for (String part : text.isEmpty() ? new String[0] : text.split(BETWEEN, -1)) {
      if (part.equals(DEDUPE)) {
        dedupe = true;
      } else if (part.startsWith(LOCAL_NET)) {
        blocks.add(block(part.substring(LOCAL_NET.length())));
      } else if (part.startsWith(TCP_TIMEOUT)) {
        tcp = Integer.parseInt(part.substring(TCP_TIMEOUT.length()));
      } else if (part.startsWith(UDP_TIMEOUT)) {
        other = Integer.parseInt(part.substring(UDP_TIMEOUT.length()));
      } else if (part.startsWith(FILTER) && part.endsWith(END_OF_FILTER)) {
        filter = part.substring(FILTER.length(), part.length() - END_OF_FILTER.length());
      } else {
        throw new IllegalArgumentException("'" + part + "': no option that changes facts");
      }
    }
    return new FactOptions(
        dedupe, LocalNetworks.with(blocks), new IdleTimeouts(tcp, other), filter);
  }

  /**
   * A block of local addresses as a user writes it.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static AddressBlock block(String text) {
    AddressBlock block = AddressBlock.parse(text);
    if (block == null) {
      throw new IllegalArgumentException(
          "--local-net " + text + ": give an address block like 203.0.113.0/24 or 2001:db8::/32");
    }
    return block;
  }
}
