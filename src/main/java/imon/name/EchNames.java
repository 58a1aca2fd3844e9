package imon.name;

import java.util.Set;

/**
 * Names that servers put before Encrypted Client Hello (RFC 9849, section 4: public_name). A client
 * that uses it shows such a name in the clear, whatever site it goes to; so the name says who runs
 * the server and not which site is meant. More of them are learnt from HTTPS records.
 */
public final class EchNames {
  /** Each is the public name of its operator's own published configurations. */
  private static final Set<String> WELL_KNOWN =
      Set.of(
          "cloudflare-ech.com", // all customers of Cloudflare
          "cloudflare-esni.com", // Cloudflare's drafts before it
          "public.tls-ech.dev", // test sites
          "cover.defo.ie"); // test sites

  private EchNames() {}

  /** The names, in the normal form of {@link NameTable}. */
  public static Set<String> wellKnown() {
    return WELL_KNOWN;
  }
}
