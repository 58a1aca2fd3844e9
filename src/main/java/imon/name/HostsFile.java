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

/**
 * The names a hosts file gives to addresses (hosts(5)): on each line an address and one or more
 * names, with blanks between them; the rest of a line after {@code #} is a comment. What is wrong
 * in a line costs the line, or the name, and is told.
 */
public final class HostsFile {
  /** What follows in the file is not read; that it was so is a fault. */
  public static final int MAX_BYTES = 64 << 20;

  /** Most names that are kept; that there were more is a fault. */
  public static final int MAX_NAMES = 1 << 18;

  /** Most faults that are kept; the last of them says that there are more. */
  public static final int MAX_FAULTS = 20;

  private static final int MAX_SHOWN = 60;
  private static final Splitter WORDS = Splitter.on(CharMatcher.whitespace()).omitEmptyStrings();
  private static final String BYTE_ORDER_MARK = "\ufeff";

  private final String file;
  private final AddressNames names = new AddressNames();
  private final List<String> faults = new ArrayList<>();

  private HostsFile(String file) {
    this.file = file;
  }

  /**
   * Reads a file.
   *
   * @throws IOException when it cannot be read; the message is one line that begins with the file
   */
  public static HostsFile read(Path file) throws IOException {
    try (InputStream bytes = Files.newInputStream(file)) {
      return of(file.toString(), bytes.readNBytes(MAX_BYTES + 1));
    } catch (NoSuchFileException e) {
      throw new IOException(file + ": no such file; name a hosts file by --hosts", e);
    } catch (IOException e) {
      throw new IOException(file + ": cannot be read; name a hosts file by --hosts", e);
    }
  }

  static HostsFile of(String file, byte[] bytes) {
    HostsFile hosts = new HostsFile(file);
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
    if (start < limit) {
      hosts.fault("more than " + MAX_NAMES + " names; the rest was not read");
    } else if (bytes.length > MAX_BYTES) {
      hosts.fault("longer than " + MAX_BYTES + " bytes; the rest was not read");
    }
    return hosts;
  }

  /** The names it gives. */
  public AddressNames names() {
    return names;
  }

  /** What was wrong, one line each: the file, the number of its line, what to do. */
  public List<String> faults() {
    return List.copyOf(faults);
  }

  private void readLine(int number, String line) {
    int from = number == 1 && line.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
    int comment = line.indexOf('#');
    String content = line.substring(from, comment < 0 ? line.length() : comment);
    List<String> words = WORDS.splitToList(content);
    if (words.isEmpty()) {
      return;
    }
    String first = words.get(0);
    Addresses.Words address = Addresses.parse(withoutZone(first));
    if (address == null) {
      lineFault(number, "not an address", first, "begin the line with one, or with #");
    } else if (words.size() == 1) {
      lineFault(number, "no name for", first, "write one behind it, or delete the line");
    } else {
      words.stream().skip(1).forEach(word -> add(number, address, word));
    }
  }

  private void add(int number, Addresses.Words address, String word) {
    if (!isFull() && !names.add(address.high(), address.low(), word)) {
      lineFault(number, "not a host name", word, "correct or delete it");
    }
  }

  private boolean isFull() {
    return names.size() == MAX_NAMES;
  }

  private void lineFault(int number, String what, String word, String todo) {
    fault("line " + number + ": " + what + " '" + shown(word) + "'; " + todo);
  }

  private void fault(String what) {
    if (faults.size() < MAX_FAULTS - 1) {
      faults.add(file + ": " + what);
    } else if (faults.size() < MAX_FAULTS) {
      faults.add(file + ": and more lines like these");
    }
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
