package imon.tls;

import imon.testing.Hex;
import java.util.Base64;

/** Certificates made with OpenSSL, and the messages a server puts them into. */
public final class Certificates {
  /**
   * CN=cn.example.net; DNS:Example.org, DNS:*.Example.org, IP:192.0.2.1, email,
   * DNS:www.example.com, DNS:f*.cdn.example.net, URI.
   */
  static final byte[] WITH_ALTERNATIVES =
      certificate(
          """
          MIICITCCAcegAwIBAgIUR/wEdngK0jFbtIouy4bTzvsOwHYwCgYIKoZIzj0EAwIwKzEQMA4GA1UECgwHRXhh
          bXBsZTEXMBUGA1UEAwwOY24uZXhhbXBsZS5uZXQwHhcNMjYxMTIyMTUxMTM5WhcNMzYxMTE5MTUxMTM5WjAr
          MRAwDgYDVQQKDAdFeGFtcGxlMRcwFQYDVQQDDA5jbi5leGFtcGxlLm5ldDBZMBMGByqGSM49AgEGCCqGSM49
          AwEHA0IABN4bbG8kqJBQu7l7dbD6wXJW+4zxwBWv4sgR1RHhqAMWr4FrbQEIOMxZ3fzOdARQN2Hcbns8z24a
          MPa4jbJoHWOjgcgwgcUwHQYDVR0OBBYEFJc39+vGrDnoOnHxVDxluQgmnFQmMB8GA1UdIwQYMBaAFJc39+vG
          rDnoOnHxVDxluQgmnFQmMA8GA1UdEwEB/wQFMAMBAf8wcgYDVR0RBGswaYILRXhhbXBsZS5vcmeCDSouRXhh
          bXBsZS5vcmeHBMAAAgGBDWFAZXhhbXBsZS5jb22CD3d3dy5leGFtcGxlLmNvbYISZiouY2RuLmV4YW1wbGUu
          bmV0hhFodHRwOi8vdS5leGFtcGxlLzAKBggqhkjOPQQDAgNIADBFAiEA/O4An8H7puNKKqEca605ESIXB+ew
          GE0cGTNOKavDJwkCIFoufAPUMBaR6KGc4TwIwj2uPfTFAoBTTn9hPsVbjrN6""");

  /** Version 1: C, O, CN=first.example.com, OU=x, CN=mail.example.org. */
  static final byte[] WITH_COMMON_NAMES =
      certificate(
          """
          MIIByjCCAXECFDAeyJoQ1m+nXWj9nDcGHHfyW86tMAoGCCqGSM49BAMCMGgxCzAJBgNVBAYTAlhYMRYwFAYD
          VQQKDA1FeGFtcGxlIFdvcmtzMRowGAYDVQQDDBFmaXJzdC5leGFtcGxlLmNvbTEKMAgGA1UECwwBeDEZMBcG
          A1UEAwwQbWFpbC5leGFtcGxlLm9yZzAeFw0yNjExMjIxNTExMzlaFw0zNjExMTkxNTExMzlaMGgxCzAJBgNV
          BAYTAlhYMRYwFAYDVQQKDA1FeGFtcGxlIFdvcmtzMRowGAYDVQQDDBFmaXJzdC5leGFtcGxlLmNvbTEKMAgG
          A1UECwwBeDEZMBcGA1UEAwwQbWFpbC5leGFtcGxlLm9yZzBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABN4b
          bG8kqJBQu7l7dbD6wXJW+4zxwBWv4sgR1RHhqAMWr4FrbQEIOMxZ3fzOdARQN2Hcbns8z24aMPa4jbJoHWMw
          CgYIKoZIzj0EAwIDRwAwRAIgMNoc8aFYy03k2QlfetyWRDj85vCb9vrkXuKaIzcKuOcCIBijhCPOZ3PxX625
          7eSI56RwNZJ6/aGsOB2ubQioDnHt""");

  /** CN=Some Device, with extensions, none of which is subjectAltName. */
  static final byte[] WITHOUT_HOST =
      certificate(
          """
          MIIBgjCCASegAwIBAgIUB9xI9ra7jKTumJKF7PwMlwdm0CUwCgYIKoZIzj0EAwIwFjEUMBIGA1UEAwwLU29t
          ZSBEZXZpY2UwHhcNMjYxMTIyMTUxMTM5WhcNMzYxMTE5MTUxMTM5WjAWMRQwEgYDVQQDDAtTb21lIERldmlj
          ZTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABN4bbG8kqJBQu7l7dbD6wXJW+4zxwBWv4sgR1RHhqAMWr4Fr
          bQEIOMxZ3fzOdARQN2Hcbns8z24aMPa4jbJoHWOjUzBRMB0GA1UdDgQWBBSXN/frxqw56Dpx8VQ8ZbkIJpxU
          JjAfBgNVHSMEGDAWgBSXN/frxqw56Dpx8VQ8ZbkIJpxUJjAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMC
          A0kAMEYCIQDylDAVCIAQ9lRyFY35/15g2y1LLZSEflAhT3VwBPiFfwIhAO4OKshdEwnuJrQDmXfWz3cZaHxM
          0Bq+JWp7kZJzQgyn""");

  /** Extended master secret only. */
  static final String OLD_EXTENSIONS = "0017 0000";

  /** TLS 1.3 in supported_versions. */
  static final String NEW_EXTENSIONS = "0017 0000 002b 0002 0304";

  private Certificates() {}

  /**
   * What a server of TLS 1.2 sends first: a certificate for example.org, www.example.com and hosts
   * of example.net.
   */
  public static byte[] oldFlight() {
    return oldFlight(WITH_ALTERNATIVES);
  }

  /** The same with another certificate. */
  public static byte[] oldFlight(byte[] leaf) {
    return Hello.records(
        Hello.join(serverHello(OLD_EXTENSIONS), chain(leaf), message(14, new byte[0])), 1 << 14);
  }

  /** What a server of TLS 1.3 shows of what it sends first. */
  public static byte[] newFlight() {
    return Hello.records(serverHello(NEW_EXTENSIONS), 1 << 14);
  }

  static byte[] serverHello(String extensions) {
    byte[] body =
        Hex.bytes(
            "0303"
                + "00112233".repeat(8)
                + "04 55555555 c02f 00"
                + String.format("%04x", Hex.bytes(extensions).length)
                + extensions);
    return message(2, body);
  }

  /** A Certificate message with the leaf and a second certificate of zeros. */
  static byte[] chain(byte[] leaf) {
    byte[] issuer = new byte[700];
    byte[] list = Hello.join(u24(leaf.length), leaf, u24(issuer.length), issuer);
    return message(11, Hello.join(u24(list.length), list));
  }

  static byte[] message(int type, byte[] body) {
    return Hello.join(new byte[] {(byte) type}, u24(body.length), body);
  }

  static byte[] u24(int value) {
    return Hex.bytes(String.format("%06x", value));
  }

  private static byte[] certificate(String text) {
    return Base64.getMimeDecoder().decode(text);
  }
}
