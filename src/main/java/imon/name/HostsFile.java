package imon.name;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import imon.wire.Addresses;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The names a hosts file gives to addresses: on each line an address and one or more names, with
 * blanks between them; the rest of a line after {@code #} is a comment. What is wrong in a line
 * costs the line, or the name, and is told.
 */
public final class HostsFile {
  /** What follows in the file is not read; that it was so is a fault. */
  public static final int MAX_BYTES = 64 << 20;

  /** Most entries that are kept. */
  public static final int MAX_ENTRIES = 1_000_000;

  /** Most faults that are kept; the last of them says that there are more. */
  public static final int MAX_FAULTS = 20;

  private static final int MAX_SHOWN = 60;
  private static final Splitter WORDS = Splitter.on(CharMatcher.whitespace()).omitEmptyStrings();

  private final List<Entry> entries = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();
  private final HostForm form = new HostForm();

  private HostsFile() {}

  /**
   * One name of one address.
   *
   * @param name in the normal form of {@link NameTable}
   */
  public record Entry(long high, long low, String name) {}

  /**
   * Reads a file.
   *
   * @throws IOException when it cannot be read; the message says the file
   */
  public static HostsFile read(Path file) throws IOException {
    try (InputStream bytes = Files.newInputStream(file)) {
      return of(bytes.readNBytes(MAX_BYTES + 1));
    } catch (NoSuchFileException e) {
      throw new IOException(file + ": no such file", e);
    } catch (IOException e) {
      throw new IOException(file + ": cannot be read", e);
    }
  }

  static HostsFile of(byte[] bytes) {
    HostsFile hosts = new HostsFile();
    int limit = Math.min(bytes.length, MAX_BYTES);
    int start = 0;
    for (int line = 1; start < limit && !hosts.isFull(); line++) {
      int end = start;
      while (end < limit && bytes[end] != '\n') {
        end++;
      }
      hosts.readLine(line, new String(bytes, start, end - start, StandardCharsets.UTF_8));
      start = end + 1;
    }
    if (bytes.length > MAX_BYTES) {
      hosts.fault("the file is longer than " + MAX_BYTES + " bytes; the rest was not read");
    } else if (start < limit) {
      hosts.fault("more than " + MAX_ENTRIES + " names; the rest was not read");
    }
    return hosts;
  }

  /**
   * In the order of the file. The first name of an address is the one the file's writer prefers.
   * Lines for the address {@code 0.0.0.0} or {@code ::}, which block names and name nothing, are
   * left out.
   */
  public List<Entry> entries() {
    return entries;
  }

  /** What was wrong, one line each, with the number of the line. */
  public List<String> faults() {
    return faults;
  }

  private void readLine(int number, String line) {
    int comment = line.indexOf('#');
    List<String> words = WORDS.splitToList(comment < 0 ? line : line.substring(0, comment));
    if (words.isEmpty()) {
      return;
    }
    Addresses.Words address = Addresses.parse(withoutZone(words.get(0)));
    if (address == null) {
      fault("line " + number + ": not an address: " + shown(words.get(0)));
    } else if (words.size() == 1) {
      fault("line " + number + ": no name for " + words.get(0));
    } else if (!isUnspecified(address)) {
      words.stream().skip(1).forEach(word -> add(number, address, word));
    }
  }

  private void add(int number, Addresses.Words address, String word) {
    String name = normal(word);
    if (name == null) {
      fault("line " + number + ": not a host name: " + shown(word));
    } else if (!isFull()) {
      entries.add(new Entry(address.high(), address.low(), name));
    }
  }

  private @Nullable String normal(String word) {
    byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
    if (word.indexOf(':') >= 0 || !form.readText(bytes, 0, bytes.length)) {
      return null;
    }
    return form.isAscii() ? form.text() : InternationalHost.toAscii(form);
  }

  private boolean isFull() {
    return entries.size() == MAX_ENTRIES;
  }

  private void fault(String what) {
    if (faults.size() < MAX_FAULTS - 1) {
      faults.add(what);
    } else if (faults.size() < MAX_FAULTS) {
      faults.add("and more");
    }
  }

  private static boolean isUnspecified(Addresses.Words address) {
    return address.high() == 0 && (address.low() == 0 || address.low() == Addresses.mapped(0));
  }

  /** RFC 4007, section 11: {@code fe80::1%eth0}. */
  private static String withoutZone(String address) {
    int zone = address.indexOf('%');
    return zone < 0 ? address : address.substring(0, zone);
  }

  private static String shown(String word) {
    String cut = word.length() > MAX_SHOWN ? word.substring(0, MAX_SHOWN) : word;
    String printable = TextTable.printable(cut);
    return printable == null ? "(unprintable)" : printable;
  }
}
