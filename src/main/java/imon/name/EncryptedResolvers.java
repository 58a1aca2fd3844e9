package imon.name;

import java.util.Set;

/**
 * Public resolvers that answer DNS over HTTPS (RFC 8484) under names of their own. Who asks them
 * gets answers that no capture shows. The list cannot be complete: any server may be one.
 */
public final class EncryptedResolvers {
  private static final Set<String> NAMES =
      Set.of(
          "1dot1dot1dot1.cloudflare-dns.com",
          "chrome.cloudflare-dns.com",
          "cloudflare-dns.com",
          "dns.adguard-dns.com",
          "dns.alidns.com",
          "dns.cloudflare.com",
          "dns.google",
          "dns.mullvad.net",
          "dns.nextdns.io",
          "dns.quad9.net",
          "dns10.quad9.net",
          "dns11.quad9.net",
          "dns9.quad9.net",
          "doh.cleanbrowsing.org",
          "doh.dns.apple.com",
          "doh.opendns.com",
          "doh.pub",
          "doh.umbrella.com",
          "doh.xfinity.com",
          "dot.pub",
          "mozilla.cloudflare-dns.com",
          "one.one.one.one");

  private EncryptedResolvers() {}

  /** The names, in the normal form of {@link NameTable}. */
  public static Set<String> names() {
    return NAMES;
  }
}
