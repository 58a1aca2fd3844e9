package imon.quic;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.HexFormat;
import java.util.List;

/**
 * What the keys of an Initial packet depend on beside the connection id: a salt and the labels of
 * RFC 9001, section 5.2. Each version of the protocol has its own, or shares another's.
 */
final class InitialSalt {
  static final InitialSalt DRAFT_22 =
      new InitialSalt("7fbcdb0e7c66bbe9193a96cd21519ebd7a02644a", "quic ", Dialect.IETF);
  static final InitialSalt DRAFT_23 =
      new InitialSalt("c3eef712c72ebb5a11a7d2432bb46365bef9f502", "quic ", Dialect.IETF);
  static final InitialSalt DRAFT_29 =
      new InitialSalt("afbfec289993d24c9e9786f19c6111e04390a899", "quic ", Dialect.IETF);

  /** RFC 9001, and the drafts 33 and 34 before it. */
  static final InitialSalt VERSION_1 =
      new InitialSalt("38762cf7f55934b34d179ae6a4c80cadccbb7f0a", "quic ", Dialect.IETF);

  static final InitialSalt DRAFT_VERSION_2 =
      new InitialSalt("a707c203a59b47184a1d62ca570406ea7ae3e5d3", "quicv2 ", Dialect.IETF);

  /** RFC 9369, section 3.3. */
  static final InitialSalt VERSION_2 =
      new InitialSalt("0dede3def700a6db819381be6e269dcbf9bd2ed9", "quicv2 ", Dialect.IETF);

  static final InitialSalt Q050 =
      new InitialSalt("504574efd066fe2f9d945cfcdbd3a7f0d3b56b45", "quic ", Dialect.GOOGLE);
  static final InitialSalt T050 =
      new InitialSalt("7ff579e5acd072915580304c43a2367c60488310", "quic ", Dialect.GOOGLE_WITH_TLS);
  static final InitialSalt T051 =
      new InitialSalt("7a4edef4e7ccee5fa4506c19124fc8ccda6e033d", "quic ", Dialect.GOOGLE_WITH_TLS);

  /** What stands in the opened packet. */
  enum Dialect {
    /** The frames of RFC 9000 and a TLS handshake. */
    IETF,
    /** Google's frames and Google's handshake. */
    GOOGLE,
    /** Google's frames and a TLS handshake. */
    GOOGLE_WITH_TLS
  }

  static final int SECRET_BYTES = 32;
  static final int KEY_BYTES = 16;
  static final int IV_BYTES = 12;

  private static final byte[] CLIENT_LABEL = label("client in", SECRET_BYTES);

  private static final int DRAFT_PREFIX = 0xff0000;
  private static final int MVFST_PREFIX = 0xfaceb0;

  private static final List<InitialSalt> UNKNOWN = List.of();

  /**
   * A version of the form 0x?a?a?a?a is meant to be refused (RFC 9000, section 15); clients protect
   * it as the version they would like to speak.
   */
  private static final List<InitialSalt> LIKELY = List.of(VERSION_1, DRAFT_29, DRAFT_23, DRAFT_22);

  private final byte[] salt;
  private final byte[] keyLabel;
  private final byte[] ivLabel;
  private final byte[] headerLabel;
  private final Dialect dialect;
  private final List<InitialSalt> alone = List.of(this);

  private InitialSalt(String salt, String labelPrefix, Dialect dialect) {
    this.salt = HexFormat.of().parseHex(salt);
    this.dialect = dialect;
    keyLabel = label(labelPrefix + "key", KEY_BYTES);
    ivLabel = label(labelPrefix + "iv", IV_BYTES);
    headerLabel = label(labelPrefix + "hp", KEY_BYTES);
  }

  /** Those to try for a version, the likeliest first; empty for a version not known. */
  static List<InitialSalt> candidates(int version) {
    if ((version & 0x0f0f0f0f) == 0x0a0a0a0a) {
      return LIKELY;
    }
    return switch (version) {
      case 0x00000001 -> VERSION_1.alone;
      case 0x6b3343cf -> VERSION_2.alone;
      case 0x709a50c4, 0xff020000 -> DRAFT_VERSION_2.alone;
      case 0x51303530 -> Q050.alone;
      case 0x54303530 -> T050.alone;
      case 0x54303531 -> T051.alone;
      case 0xfacefeed -> VERSION_1.alone;
      default -> ofFamily(version >>> 8, version & 0xff);
    };
  }

  static boolean isKnown(int version) {
    return !candidates(version).isEmpty();
  }

  private static List<InitialSalt> ofFamily(int prefix, int number) {
    if (prefix == DRAFT_PREFIX) {
      return ofDraft(number);
    }
    return prefix == MVFST_PREFIX ? ofMvfst(number) : UNKNOWN;
  }

  private static List<InitialSalt> ofDraft(int draft) {
    if (draft < 22 || draft > 34) {
      return UNKNOWN;
    }
    if (draft == 22) {
      return DRAFT_22.alone;
    }
    if (draft < 29) {
      return DRAFT_23.alone;
    }
    return draft < 33 ? DRAFT_29.alone : VERSION_1.alone;
  }

  /** Facebook's: the first kept draft 22's salt, two are aliases of version 1. */
  private static List<InitialSalt> ofMvfst(int number) {
    return switch (number) {
      case 0x01 -> DRAFT_22.alone;
      case 0x03, 0x04 -> VERSION_1.alone;
      default -> number < 0x20 ? DRAFT_23.alone : UNKNOWN;
    };
  }

  /** Whether the long header's packet types are numbered as in RFC 9369, section 3.2. */
  static boolean numbersTypesAsVersion2(int version) {
    return version == 0x6b3343cf || version == 0x709a50c4;
  }

  Dialect dialect() {
    return dialect;
  }

  /** The salt of the extraction; not to be changed. */
  byte[] bytes() {
    return salt;
  }

  /** HKDF-Expand's info for the secret of the client's packets; so are the three after it. */
  static byte[] clientLabel() {
    return CLIENT_LABEL;
  }

  byte[] keyLabel() {
    return keyLabel;
  }

  byte[] ivLabel() {
    return ivLabel;
  }

  byte[] headerLabel() {
    return headerLabel;
  }

  /**
   * HkdfLabel of RFC 8446, section 7.1, with no context, and the counter that HKDF-Expand puts
   * after it (RFC 5869, section 2.3): one block is enough for each of these.
   */
  private static byte[] label(String name, int outputBytes) {
    byte[] text = ("tls13 " + name).getBytes(US_ASCII);
    byte[] info = new byte[text.length + 5];
    info[1] = (byte) outputBytes;
    info[2] = (byte) text.length;
    System.arraycopy(text, 0, info, 3, text.length);
    info[info.length - 1] = 1;
    return info;
  }
}
