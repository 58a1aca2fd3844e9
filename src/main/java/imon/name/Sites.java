package imon.name;

import com.google.common.net.InternetDomainName;

/**
 * The site a host belongs to: its registrable domain by the registry part of the public suffix
 * list, so that {@code user.github.io} is {@code github.io}. A host that is itself a suffix, a
 * single label, and every {@code .local} name, however deep, is its own site. Under a top-level
 * domain the list does not know, the last two labels are the site: the list's own default rule.
 * {@code .arpa} follows the list, which knows {@code in-addr.arpa} and {@code home.arpa} as
 * suffixes.
 */
public final class Sites {
  /**
   * Stands for a label the suffix list's library refuses, such as {@code _dmarc}; no rule of the
   * list names such a label, only wildcards meet it.
   */
  private static final String STAND_IN = "x";

  private static final int MAX_LABELS = 127;

  private Sites() {}

  /**
   * The site of {@code host}, which is in the normal form of {@link NameTable}. Never throws;
   * allocates, so ask once per host.
   */
  public static String siteOf(String host) {
    if (host.indexOf('.') < 0 || host.endsWith(".local")) {
      return host;
    }
    return lastLabels(host, labelsOfSite(host));
  }

  private static int labelsOfSite(String host) {
    String[] labels = host.split("\\.", -1);
    for (int i = 0; i < labels.length - 1; i++) {
      labels[i] = isRefused(labels[i]) ? STAND_IN : labels[i];
    }
    String candidate = String.join(".", labels);
    if (labels.length > MAX_LABELS || !InternetDomainName.isValid(candidate)) {
      return 2;
    }
    InternetDomainName name = InternetDomainName.from(candidate);
    if (!name.hasRegistrySuffix()) {
      return 2;
    }
    return name.isRegistrySuffix()
        ? labels.length
        : name.topDomainUnderRegistrySuffix().parts().size();
  }

  private static boolean isRefused(String label) {
    return label.isEmpty()
        || isJoiner(label.charAt(0))
        || isJoiner(label.charAt(label.length() - 1));
  }

  private static boolean isJoiner(char c) {
    return c == '-' || c == '_';
  }

  private static String lastLabels(String host, int count) {
    int at = host.length();
    for (int i = 0; i < count && at >= 0; i++) {
      at = host.lastIndexOf('.', at - 1);
    }
    return host.substring(at + 1);
  }
}
