package imon.quic;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes keys from connection ids (RFC 9001, section 5.2): five HMACs each. One per thread. */
final class KeyDerivation {
  private static final String HASH = "HmacSHA256";
  private static final String CIPHER = "AES";

  private final Mac mac;

  KeyDerivation() {
    try {
      mac = Mac.getInstance(HASH);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("this Java has no " + HASH, missing);
    }
  }

  InitialKeys derive(InitialSalt salt, byte[] connectionId) {
    byte[] initialSecret = hash(salt.bytes(), connectionId);
    byte[] clientSecret = hash(initialSecret, InitialSalt.clientLabel());
    SecretKeySpec secret = new SecretKeySpec(clientSecret, HASH);
    byte[] packetKey = hash(secret, salt.keyLabel());
    byte[] headerKey = hash(secret, salt.headerLabel());
    return new InitialKeys(
        salt,
        connectionId,
        new SecretKeySpec(packetKey, 0, InitialSalt.KEY_BYTES, CIPHER),
        Arrays.copyOf(hash(secret, salt.ivLabel()), InitialSalt.IV_BYTES),
        new SecretKeySpec(headerKey, 0, InitialSalt.KEY_BYTES, CIPHER));
  }

  private byte[] hash(byte[] key, byte[] message) {
    return hash(new SecretKeySpec(key, HASH), message);
  }

  private byte[] hash(SecretKeySpec key, byte[] message) {
    try {
      mac.init(key);
      return mac.doFinal(message);
    } catch (InvalidKeyException impossible) {
      throw new IllegalStateException("any bytes are a key of " + HASH, impossible);
    }
  }
}
