package imon.samples;

/** A host name and the registrable domain a scene declares it to belong to. */
record Name(String host, String site) {
  static Name of(String site) {
    return new Name(site, site);
  }

  /** {@code label} (one or several) below a registrable domain. */
  static Name of(String label, String site) {
    return new Name(label + "." + site, site);
  }
}
