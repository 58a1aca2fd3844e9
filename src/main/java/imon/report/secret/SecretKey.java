package imon.report.secret;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The key of pseudonyms. No text that is made with it tells anything of it. */
public final class SecretKey {
  /** A shorter one could be found by trying: the private addresses are few. */
  public static final int MIN_BYTES = 16;

  private static final int MAX_BYTES = 4096;
  private static final int RANDOM_BYTES = 32;
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  private SecretKey(byte[] bytes) {
    key = new SecretKeySpec(bytes, ALGORITHM);
  }

  /** A key that no other run has. */
  public static SecretKey random() {
    byte[] bytes = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(bytes);
    return new SecretKey(bytes);
  }

  /**
   * The key in a file: its bytes without white space at their end.
   *
   * @throws IOException when it cannot be read, or is too short or too long for a key
   */
  public static SecretKey read(Path file) throws IOException {
    byte[] bytes;
    try (var in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    } catch (IOException e) {
      throw new IOException(file + ": cannot be read; name a file with a key", e);
    }
    int length = bytes.length;
    while (length > 0 && bytes[length - 1] >= 0 && bytes[length - 1] <= ' ') {
      length--;
    }
    if (length < MIN_BYTES || bytes.length > MAX_BYTES) {
      throw new IOException(
          "%s: no key; make one of %d to %d random bytes, e.g. by openssl rand -hex 32"
              .formatted(file, MIN_BYTES, MAX_BYTES));
    }
    return new SecretKey(Arrays.copyOf(bytes, length));
  }

  /** The first hexadecimal digits of a message's HMAC (RFC 2104). */
  String digits(byte[] message, int count) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return HexFormat.of().formatHex(mac.doFinal(message)).substring(0, count);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }
}
