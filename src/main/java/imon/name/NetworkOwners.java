package imon.name;

import com.maxmind.db.CHMCache;
import com.maxmind.db.Reader;
import com.maxmind.db.Reader.FileMode;
import imon.wire.Addresses;
import java.io.Closeable;
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
 * and its like). The file is read into memory whole. Owned by one thread.
 */
public final class NetworkOwners implements Closeable {
  private final Path file;
  private final Reader reader;

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
      throw new IOException(file + ": no such file, or it cannot be read");
    }
    Reader reader = read(file);
    String type = type(reader);
    if (!namesOwners(type)) {
      reader.close();
      throw new IOException(
          file + ": a database of the type " + shown(type) + ", not of autonomous systems (ASN)");
    }
    return new NetworkOwners(file, reader);
  }

  // A damaged database fails in the library in many ways, not only by its own exception.
  private static Reader read(Path file) throws IOException {
    try {
      return new Reader(file.toFile(), FileMode.MEMORY, new CHMCache());
    } catch (IOException | RuntimeException e) {
      throw new IOException(file + ": not a database in MaxMind's format, or damaged", e);
    }
  }

  /** A damaged database may lack it, whatever the library promises. */
  private static String type(Reader reader) {
    return Objects.requireNonNullElse(reader.getMetadata().databaseType(), "");
  }

  /**
   * The owner of an address (two words, see {@link Addresses}), such as {@code AS15169 Google LLC},
   * or only its number or name when the database has no more; null when it has nothing. Allocates:
   * ask once per address.
   *
   * @throws IOException when the database is damaged
   */
  public @Nullable String owner(long high, long low) throws IOException {
    Map<?, ?> record;
    try {
      record = reader.get(inetAddress(high, low), Map.class);
    } catch (IOException | RuntimeException e) {
      throw new IOException(file + ": damaged, found at " + Addresses.text(high, low), e);
    }
    return record == null ? null : describe(record);
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  /** Field names: MaxMind's and DB-IP's first, then those of IPinfo. */
  private static @Nullable String describe(Map<?, ?> record) {
    String number = first(record, "autonomous_system_number", "asn");
    String name = first(record, "autonomous_system_organization", "as_name", "name");
    if (number != null && !number.startsWith("AS")) {
      number = "AS" + number;
    }
    if (number == null || name == null) {
      return number == null ? name : number;
    }
    return number + " " + name;
  }

  private static @Nullable String first(Map<?, ?> record, String... fields) {
    for (String field : fields) {
      Object value = record.get(field);
      if (value != null) {
        return TextTable.printable(value.toString());
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
