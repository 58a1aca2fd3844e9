package imon.samples;

import java.util.Random;

/** Server certificates (RFC 5280) whose keys and signatures are chance. */
public final class Certificates {
  private static final int INTEGER = 0x02;
  private static final int BITS = 0x03;
  private static final int OCTETS = 0x04;
  private static final int OBJECT = 0x06;
  private static final int TEXT = 0x0c;
  private static final int TIME = 0x17;
  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;
  private static final int DNS_NAME = 0x82;
  private static final int EXTENSIONS = 0xa3;
  private static final int VERSION = 0xa0;

  private static final long SUBJECT_ALT_NAME = 0x551d11;
  private static final long COMMON_NAME = 0x550403;

  private Certificates() {}

  /** For these names, all of them in subjectAltName, and the first also as the common name. */
  public static byte[] forNames(Random random, String... names) {
    Octets alternatives = new Octets();
    for (String name : names) {
      alternatives.bytes(der(DNS_NAME, new Octets().text(name).toArray()));
    }
    byte[] extension =
        der(SEQUENCE, object(SUBJECT_ALT_NAME), der(OCTETS, der(SEQUENCE, alternatives.toArray())));
    return certificate(names[0], der(EXTENSIONS, der(SEQUENCE, extension)), random);
  }

  /** As old ones are: the common name only. */
  static byte[] withCommonNameOnly(Random random, String name) {
    return certificate(name, new byte[0], random);
  }

  private static byte[] certificate(String subject, byte[] extensions, Random random) {
    byte[] body =
        der(
            SEQUENCE,
            der(VERSION, der(INTEGER, new byte[] {2})),
            der(INTEGER, new byte[] {0x35, (byte) random.nextInt(256)}),
            algorithm(),
            name("Sample Authority"),
            validity(),
            name(subject),
            der(SEQUENCE, algorithm(), bits(random, 65)),
            extensions);
    return der(SEQUENCE, body, algorithm(), bits(random, 71));
  }

  private static byte[] name(String commonName) {
    byte[] text = der(TEXT, new Octets().text(commonName).toArray());
    return der(SEQUENCE, der(SET, der(SEQUENCE, object(COMMON_NAME), text)));
  }

  private static byte[] validity() {
    byte[] from = der(TIME, new Octets().text("260101000000Z").toArray());
    byte[] to = der(TIME, new Octets().text("270101000000Z").toArray());
    return der(SEQUENCE, from, to);
  }

  /** ECDSA with SHA-256. */
  private static byte[] algorithm() {
    return der(SEQUENCE, der(OBJECT, new Octets().u64(0x2a8648ce3d040302L).toArray()));
  }

  private static byte[] object(long threeOctets) {
    return der(OBJECT, new Octets().u24((int) threeOctets).toArray());
  }

  private static byte[] bits(Random random, int count) {
    byte[] chance = new byte[count];
    random.nextBytes(chance);
    return der(BITS, new byte[1], chance);
  }

  /** Tag, length in the shortest form, contents (X.690, section 8.1). */
  private static byte[] der(int tag, byte[]... contents) {
    byte[] content = Octets.concat(contents);
    Octets element = new Octets().u8(tag);
    if (content.length < 0x80) {
      element.u8(content.length);
    } else if (content.length < 0x100) {
      element.u8(0x81).u8(content.length);
    } else {
      element.u8(0x82).u16(content.length);
    }
    return element.bytes(content).toArray();
  }
}
