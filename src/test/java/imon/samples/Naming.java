package imon.samples;

import org.jspecify.annotations.Nullable;

/** What a flow should be named, and by which kind of evidence; no name for {@code none}. */
record Naming(String evidence, @Nullable Name name) {
  static final Naming NONE = new Naming("none", null);

  static Naming tls(Name name) {
    return new Naming("tls", name);
  }

  static Naming quic(Name name) {
    return new Naming("quic", name);
  }

  static Naming http(Name name) {
    return new Naming("http", name);
  }

  static Naming dns(Name name) {
    return new Naming("dns", name);
  }

  static Naming dnsOther(Name name) {
    return new Naming("dns-other", name);
  }

  static Naming ptr(Name name) {
    return new Naming("ptr", name);
  }

  @Nullable String host() {
    return name == null ? null : name.host();
  }

  @Nullable String site() {
    return name == null ? null : name.site();
  }
}
