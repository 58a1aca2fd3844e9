package imon.tls;

import imon.name.NameTable;
import imon.tls.ServerCertificate.Verdict;
import java.util.Arrays;
import java.util.Objects;

/**
 * The host names of one X.509 certificate (RFC 5280, section 4.1): the dNSNames of its
 * subjectAltName, or else the last common name of its subject that is a host with a dot. It checks
 * the way to them and nothing else.
 *
 * <pre>
 *  Certificate { tbsCertificate { [0] version, serial, signature{}, issuer{}, validity{}, subject{},
 *    subjectPublicKeyInfo{}, [1], [2], [3] { extensions { { extnID, critical, extnValue } ... } } }
 * </pre>
 */
final class CertificateNames {
  private static final int EXTENSIONS = 0xa3;
  private static final int DNS_NAME = 0x82;
  private static final int SUBJECT = 4;
  private static final byte[] SUBJECT_ALT_NAME = {0x55, 0x1d, 0x11};
  private static final byte[] COMMON_NAME = {0x55, 0x04, 0x03};

  private static final int UTF8_STRING = 0x0c;
  private static final int PRINTABLE_STRING = 0x13;
  private static final int TELETEX_STRING = 0x14;
  private static final int IA5_STRING = 0x16;

  private final NameTable table;
  private final DerElement element = new DerElement();
  private final String[] names = new String[ServerCertificate.MAX_NAMES];
  private final boolean[] wildcards = new boolean[ServerCertificate.MAX_NAMES];
  private int count;
  private boolean more;

  private byte[] buffer = new byte[0];
  private int available;
  private int subject;
  private int subjectEnd;

  CertificateNames(NameTable table) {
    this.table = table;
  }

  void clear() {
    count = 0;
    more = false;
  }

  int count() {
    return count;
  }

  boolean hasMore() {
    return more;
  }

  /** Of an index below {@link #count()}. */
  String name(int index) {
    return names[Objects.checkIndex(index, count)];
  }

  boolean isWildcard(int index) {
    return wildcards[Objects.checkIndex(index, count)];
  }

  /** Reads the certificate in {@code [offset, end)}, of which the bytes up to a limit are there. */
  Verdict read(byte[] bytes, int offset, int end, int limit) {
    clear();
    buffer = bytes;
    available = Math.min(limit, end);
    subject = 0;
    subjectEnd = 0;
    if (!enter(offset, end, DerElement.SEQUENCE)
        || !enter(element.contents(), element.end(), DerElement.SEQUENCE)) {
      return fault();
    }
    return readFields(element.contents(), element.end());
  }

  private Verdict readFields(int first, int end) {
    int sequences = 0;
    int at = first;
    while (at < end) {
      if (!next(at, end)) {
        return fault();
      }
      if (element.tag() == EXTENSIONS) {
        return readExtensions();
      }
      sequences += element.tag() == DerElement.SEQUENCE ? 1 : 0;
      if (sequences == SUBJECT && subject == 0) {
        subject = element.contents();
        subjectEnd = element.end();
      }
      at = element.end();
    }
    return commonName();
  }

  private Verdict readExtensions() {
    if (!enter(element.contents(), element.end(), DerElement.SEQUENCE)) {
      return fault();
    }
    int end = element.end();
    int at = element.contents();
    while (at < end) {
      if (!enter(at, end, DerElement.SEQUENCE)) {
        return fault();
      }
      at = element.end();
      if (!enter(element.contents(), at, DerElement.OBJECT_IDENTIFIER)) {
        return fault();
      }
      if (element.end() > available) {
        return Verdict.INCOMPLETE;
      }
      if (isOid(SUBJECT_ALT_NAME)) {
        return readAlternativeNames(element.end(), at);
      }
    }
    return commonName();
  }

  /** The critical flag, if any, and the value in an octet string. */
  private Verdict readAlternativeNames(int first, int end) {
    if (!next(first, end)) {
      return fault();
    }
    if (element.tag() != DerElement.OCTET_STRING
        && !enter(element.end(), end, DerElement.OCTET_STRING)) {
      return fault();
    }
    if (!enter(element.contents(), element.end(), DerElement.SEQUENCE)) {
      return fault();
    }
    int listEnd = element.end();
    if (listEnd > available) {
      return Verdict.INCOMPLETE;
    }
    int at = element.contents();
    while (at < listEnd) {
      if (!next(at, listEnd)) {
        return fault();
      }
      if (element.tag() == DNS_NAME) {
        add(element.contents(), element.end());
      }
      at = element.end();
    }
    return count > 0 ? Verdict.NAMED : commonName();
  }

  /** A name is a sequence of sets of pairs of type and value. */
  private Verdict commonName() {
    if (subjectEnd > available) {
      return Verdict.INCOMPLETE;
    }
    int at = subject;
    while (at < subjectEnd && enter(at, subjectEnd, DerElement.SET)) {
      int setEnd = element.end();
      int pair = element.contents();
      while (pair < setEnd && enter(pair, setEnd, DerElement.SEQUENCE)) {
        pair = element.end();
        readPair(element.contents(), pair);
      }
      at = setEnd;
    }
    return count > 0 ? Verdict.NAMED : Verdict.NAMELESS;
  }

  private void readPair(int first, int end) {
    if (enter(first, end, DerElement.OBJECT_IDENTIFIER)
        && isOid(COMMON_NAME)
        && next(element.end(), end)
        && isText(element.tag())
        && afterDot(element.contents(), element.end()) < element.end()) {
      int before = count;
      count = 0;
      add(element.contents(), element.end());
      count = Math.max(count, before);
    }
  }

  /** Everything up to the last label with an asterisk is the wildcard. */
  private void add(int start, int end) {
    int asterisk = lastAsterisk(start, end);
    int first = asterisk < start ? start : afterDot(asterisk, end);
    String host = table.host(buffer, first, end);
    if (host == null) {
      return;
    }
    if (count == names.length) {
      more = true;
      return;
    }
    names[count] = host;
    wildcards[count] = asterisk >= start;
    count++;
  }

  private int lastAsterisk(int start, int end) {
    int at = end - 1;
    while (at >= start && buffer[at] != '*') {
      at--;
    }
    return at;
  }

  /** The position after the first dot, or the end when there is none. */
  private int afterDot(int start, int end) {
    int at = start;
    while (at < end && buffer[at] != '.') {
      at++;
    }
    return Math.min(at + 1, end);
  }

  private static boolean isText(int tag) {
    return tag == UTF8_STRING
        || tag == PRINTABLE_STRING
        || tag == IA5_STRING
        || tag == TELETEX_STRING;
  }

  private boolean isOid(byte[] wanted) {
    return Arrays.equals(wanted, 0, wanted.length, buffer, element.contents(), element.end());
  }

  private boolean next(int at, int end) {
    return element.read(buffer, at, end, available);
  }

  private boolean enter(int at, int end, int tag) {
    return next(at, end) && element.tag() == tag;
  }

  /** The bytes were sound as far as they went, or they were not. */
  private Verdict fault() {
    clear();
    return element.isCut() ? Verdict.INCOMPLETE : Verdict.MALFORMED;
  }
}
