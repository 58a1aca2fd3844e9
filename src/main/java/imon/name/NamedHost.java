package imon.name;

import java.net.IDN;
import java.util.Locale;

/** A host as a user names it. */
public final class NamedHost {
  private NamedHost() {}

  /** As hosts are kept: in ASCII and lower case, without a final dot. */
  public static String ascii(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    String bare = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    try {
      return IDN.toASCII(bare);
    } catch (IllegalArgumentException e) {
      return bare;
    }
  }
}
