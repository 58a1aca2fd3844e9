package imon.report.secret;

import imon.flow.option.LocalNetworks;
import imon.store.ask.inside.InternalNames;
import imon.wire.Addresses;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What stands for names and addresses in an anonymous report: a word for what it is, and digits of
 * a keyed hash, such as {@code client-3f9a2c51}. The same address has the same digits whether it is
 * a client or a server; with the same key, in every report.
 */
public final class Pseudonyms {
  /** Among a thousand names two share eight digits once in nearly ten thousand reports. */
  private static final int DIGITS = 8;

  private static final Pattern QUOTED = Pattern.compile("'.*'");
  private static final String ANY_HOST = "*.";

  private final SecretKey key;
  private final InternalNames internal;

  public Pseudonyms(SecretKey key, InternalNames internal) {
    this.key = key;
    this.internal = internal;
  }

  /** Of a client's address, or of a block of them. */
  String client(String address) {
    return pseudonym("client-", "address", address);
  }

  /** Of what a client calls itself. */
  @Nullable String device(@Nullable String name) {
    return name == null ? null : pseudonym("device-", "device", name);
  }

  /** A site; one of a local network has a pseudonym. */
  String site(String name) {
    return internal.sites().contains(name) ? local(name) : name;
  }

  /** A host, {@code *.site} where only the site is known; a local one has a pseudonym. */
  String host(String name) {
    if (name.startsWith(ANY_HOST)) {
      return ANY_HOST + site(name.substring(ANY_HOST.length()));
    }
    return internal.hosts().contains(name) ? local(name) : name;
  }

  /** A site or a host, as a user asks for them. */
  String siteOrHost(String name) {
    return internal.sites().contains(name) ? local(name) : host(name);
  }

  /** A name of which nobody knows whether it is public. */
  String local(String name) {
    return pseudonym("local-", "name", name);
  }

  /** Whether the server of this address is hidden. */
  boolean hides(String server) {
    Addresses.Words words = Addresses.parse(server);
    return words == null
        || LocalNetworks.PRIVATE.isLocal(words.high(), words.low())
        || internal.addresses().contains(server);
  }

  /** A server's address; a private one, or one that is a client's, too, has a pseudonym. */
  String server(String address) {
    return hides(address) ? pseudonym("server-", "address", address) : address;
  }

  /** A file's name without the folders it is in. */
  static String file(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** A line about a file, without folders and without what it quotes of the file. */
  static String line(String message) {
    return file(QUOTED.matcher(message).replaceAll("'...'"));
  }

  /** The kind keeps apart a name and an address that are written alike. */
  private String pseudonym(String word, String kind, String text) {
    byte[] message = (kind + ' ' + text).getBytes(StandardCharsets.UTF_8);
    return word + key.digits(message, DIGITS);
  }
}
