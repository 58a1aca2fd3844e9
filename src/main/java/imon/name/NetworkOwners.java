package imon.name;

import com.google.common.primitives.Longs;
import com.maxmind.db.CHMCache;
import com.maxmind.db.Reader;
import com.maxmind.db.Reader.FileMode;
import imon.wire.Addresses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who announces a network, by a database of autonomous systems in MaxMind's format (GeoLite2-ASN
 * and its like). The file is read into memory whole and not kept open. Owned by one thread.
 */
public final class NetworkOwners {
  /** No database of owners comes near it; the file is held in memory. */
  public static final long MAX_BYTES = 512L << 20;

  /** Numbers have 32 bits (RFC 6793). */
  private static final long LAST_NUMBER = 0xffff_ffffL;

  private final Path file;
  private final Reader reader;

  /**
   * Who announces a network.
   *
   * @param number of the autonomous system, or null when the database has only a name
   * @param name of the organisation, or null; safe to show
   */
  public record Owner(@Nullable Long number, @Nullable String name) {
    /** For example {@code AS15169 Google LLC}, or just the number, or the name. */
    public String text() {
      String system = number == null ? "" : "AS" + number;
      return name == null ? system : (system + " " + name).strip();
    }
  }

  private NetworkOwners(Path file, Reader reader) {
    this.file = file;
    this.reader = reader;
  }

  /**
   * Opens a database.
   *
   * @throws IOException when there is none, or it is of another kind; the message is one line that
   *     begins with the file
   */
  public static NetworkOwners open(Path file) throws IOException {
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new IOException(file + ": no such file, or it cannot be read; name one by --asn");
    }
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException(file + ": larger than " + MAX_BYTES + " bytes; name another by --asn");
    }
    Reader reader = read(file);
    String type = type(reader);
    if (!namesOwners(type)) {
      throw new IOException(
          file
              + ": a database of "
              + shown(type)
              + ", not of autonomous systems; name one by --asn");
    }
    return new NetworkOwners(file, reader);
  }

  // A damaged database fails in the library in many ways, not only by its own exception.
  private static Reader read(Path file) throws IOException {
    try {
      return new Reader(file.toFile(), FileMode.MEMORY, new CHMCache());
    } catch (IOException | RuntimeException | StackOverflowError e) {
      throw new IOException(
          file + ": not a database in MaxMind's format, or damaged; get it anew", e);
    }
  }

  /** A damaged database may lack it, whatever the library promises. */
  private static String type(Reader reader) {
    return Objects.requireNonNullElse(reader.getMetadata().databaseType(), "");
  }

  /**
   * The owner of the network an address (two words, see {@link Addresses}) is in; null when the
   * database does not say. Allocates: ask once per address.
   *
   * @throws IOException when the database is damaged; the message is one line that begins with the
   *     file
   */
  public @Nullable Owner owner(long high, long low) throws IOException {
    Map<?, ?> record;
    try {
      record = reader.get(inetAddress(high, low), Map.class);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      String address = Addresses.text(high, low);
      throw new IOException(file + ": damaged, found at " + address + "; get it anew", e);
    }
    return record == null ? null : describe(record);
  }

  /** Field names: MaxMind's and DB-IP's first, then those of IPinfo. */
  private static @Nullable Owner describe(Map<?, ?> record) {
    Long number = number(first(record, "autonomous_system_number", "asn"));
    String name = first(record, "autonomous_system_organization", "as_name", "name");
    return number == null && name == null ? null : new Owner(number, name);
  }

  /** The number as such, or behind {@code AS}. */
  private static @Nullable Long number(@Nullable String text) {
    if (text == null) {
      return null;
    }
    Long number = Longs.tryParse(text.startsWith("AS") ? text.substring(2) : text);
    return number == null || number < 0 || number > LAST_NUMBER ? null : number;
  }

  private static @Nullable String first(Map<?, ?> record, String... fields) {
    for (String field : fields) {
      Object value = record.get(field);
      String text = value == null ? null : TextTable.printable(value.toString());
      if (text != null) {
        return text;
      }
    }
    return null;
  }

  private static boolean namesOwners(String databaseType) {
    String type = databaseType.toLowerCase(Locale.ROOT);
    return Stream.of("asn", "isp", "ipinfo").anyMatch(type::contains);
  }

  private static String shown(String type) {
    String printable = TextTable.printable(type);
    return printable == null ? "(unprintable)" : printable;
  }

  private static InetAddress inetAddress(long high, long low) throws UnknownHostException {
    byte[] bytes =
        Addresses.isIpv4(high, low)
            ? ByteBuffer.allocate(4).putInt((int) low).array()
            : ByteBuffer.allocate(16).putLong(high).putLong(low).array();
    return InetAddress.getByAddress(bytes);
  }
}
