package imon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;

/**
 * A self-made certificate and its key, as a web server wants them (RFC 7468).
 *
 * @param certificate for any name: who connects must not look
 */
record PemFiles(Path certificate, Path key) {
  private static final String PASSWORD = "not-secret";
  private static final String ALIAS = "server";

  /** Makes them in a folder, by the keytool of this Java. */
  static PemFiles make(Path folder) throws Exception {
    Path store = folder.resolve("keys.p12");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    String options = " -genkeypair -alias %s -keyalg EC -dname CN=test -storepass %s -keystore ";
    String[] words = (keytool + options.formatted(ALIAS, PASSWORD) + store).split(" ", -1);
    assertEquals(0, VethPair.exitCode(words), "keytool");
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream stream = Files.newInputStream(store)) {
      keys.load(stream, PASSWORD.toCharArray());
    }
    return new PemFiles(
        write(folder, "CERTIFICATE", keys.getCertificate(ALIAS).getEncoded()),
        write(folder, "PRIVATE KEY", keys.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded()));
  }

  private static Path write(Path folder, String label, byte[] der) throws Exception {
    byte[] lineEnd = "\n".getBytes(StandardCharsets.US_ASCII);
    String text = Base64.getMimeEncoder(64, lineEnd).encodeToString(der);
    return Files.writeString(
        folder.resolve(label.replace(' ', '-') + ".pem"),
        "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, text, label));
  }
}
