package imon.samples;

import org.jspecify.annotations.Nullable;

/** What a flow should be named, and by which kind of evidence; no name for {@code none}. */
record Naming(String evidence, @Nullable String host, @Nullable String site) {
  static final Naming NONE = new Naming("none", null, null);

  static Naming tls(Name name) {
    return of("tls", name);
  }

  static Naming quic(Name name) {
    return of("quic", name);
  }

  static Naming http(Name name) {
    return of("http", name);
  }

  static Naming proxy(Name name) {
    return of("proxy", name);
  }

  static Naming continued(Name name) {
    return of("continued", name);
  }

  static Naming dns(Name name) {
    return of("dns", name);
  }

  static Naming certificate(Name name) {
    return of("certificate", name);
  }

  /** A certificate for several hosts, or any host, of a site. */
  static Naming certificateOf(String site) {
    return new Naming("certificate", null, site);
  }

  static Naming sibling(Name name) {
    return of("sibling", name);
  }

  static Naming dnsOther(Name name) {
    return of("dns-other", name);
  }

  static Naming ptr(Name name) {
    return of("ptr", name);
  }

  private static Naming of(String evidence, Name name) {
    return new Naming(evidence, name.host(), name.site());
  }
}
