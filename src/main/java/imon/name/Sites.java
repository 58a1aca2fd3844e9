package imon.name;

import com.google.common.net.InternetDomainName;
import org.jspecify.annotations.Nullable;

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

  /**
   * Whether {@code host}, in normal form, is of no site of the internet: the own host of whoever
   * asks, or a suffix under which anybody has domains, as of a certificate for {@code *.co.uk}.
   */
  public static boolean isOfNone(String host) {
    InternetDomainName name = domain(host.split("\\.", -1));
    return isLocalhost(host) || (name != null && name.isRegistrySuffix());
  }

  /** RFC 6761, section 6.3, and the name that many hosts files and certificates have beside it. */
  static boolean isLocalhost(String host) {
    return host.equals("localhost")
        || host.endsWith(".localhost")
        || host.equals("localhost.localdomain");
  }

  private static int labelsOfSite(String host) {
    String[] labels = host.split("\\.", -1);
    InternetDomainName name = domain(labels);
    if (name == null || !name.hasRegistrySuffix()) {
      return 2;
    }
    return name.isRegistrySuffix()
        ? labels.length
        : name.topDomainUnderRegistrySuffix().parts().size();
  }

  /** With stand-ins for labels; null when the suffix list's library refuses the name even so. */
  private static @Nullable InternetDomainName domain(String[] labels) {
    for (int i = 0; i < labels.length - 1; i++) {
      labels[i] = isRefused(labels[i]) ? STAND_IN : labels[i];
    }
    String candidate = String.join(".", labels);
    return labels.length > MAX_LABELS || !InternetDomainName.isValid(candidate)
        ? null
        : InternetDomainName.from(candidate);
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
