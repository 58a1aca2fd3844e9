package imon.name;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The user's own names for sites. Each line of a file is {@code NAME = site, site, ...}; a member
 * is a site or a host and stands for all hosts below it, too, unless a longer member does. The rest
 * of a line after {@code #} is a comment.
 */
public final class SiteGroups {
  /** No groups at all. */
  public static final SiteGroups NONE = new SiteGroups("");

  /** A larger file is refused. */
  public static final int MAX_BYTES = 16 << 20;

  private static final Splitter MEMBERS = Splitter.on(',').trimResults().omitEmptyStrings();
  private static final String BYTE_ORDER_MARK = "\ufeff";

  private final String file;
  private final SortedMap<String, String> groups = new TreeMap<>();
  private final NameTable hosts = new NameTable();

  private SiteGroups(String file) {
    this.file = file;
  }

  /**
   * Reads a file.
   *
   * @throws IOException when it cannot be read or has a wrong line; the message is one line with
   *     the file, the number of the line, and what to do
   */
  public static SiteGroups read(Path file) throws IOException {
    byte[] bytes;
    try (var in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    } catch (NoSuchFileException e) {
      throw new IOException(file + ": no such file; name a file of groups by --groups", e);
    } catch (IOException e) {
      throw new IOException(file + ": cannot be read; name a file of groups by --groups", e);
    }
    if (bytes.length > MAX_BYTES) {
      throw new IOException(file + ": longer than " + MAX_BYTES + " bytes; make it shorter");
    }
    return of(file.toString(), new String(bytes, StandardCharsets.UTF_8));
  }

  static SiteGroups of(String file, String text) throws IOException {
    SiteGroups groups = new SiteGroups(file);
    int number = 1;
    for (String line : Splitter.onPattern("\r?\n").split(text)) {
      groups.readLine(number, number == 1 ? withoutMark(line) : line);
      number++;
    }
    return groups;
  }

  /** Groups that were read before: the group of each member, as {@link #groups} gave it. */
  public static SiteGroups ofMembers(Map<String, String> members) {
    SiteGroups groups = new SiteGroups("");
    groups.groups.putAll(members);
    return groups;
  }

  /** The group of each member, which is a host in the normal form of {@link NameTable}. */
  public SortedMap<String, String> groups() {
    return Collections.unmodifiableSortedMap(groups);
  }

  /** Whether both have the same members in the same groups. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SiteGroups that && groups.equals(that.groups);
  }

  @Override
  public int hashCode() {
    return groups.hashCode();
  }

  private static String withoutMark(String line) {
    return line.startsWith(BYTE_ORDER_MARK) ? line.substring(1) : line;
  }

  private void readLine(int number, String line) throws IOException {
    int comment = line.indexOf('#');
    String content = (comment < 0 ? line : line.substring(0, comment)).strip();
    if (content.isEmpty()) {
      return;
    }
    int sign = content.indexOf('=');
    String name = sign < 0 ? null : TextTable.printable(content.substring(0, sign).strip());
    if (name == null) {
      throw fault(number, "no group; write a line like 'YouTube = youtube.com, ytimg.com'");
    }
    for (String member : MEMBERS.split(content.substring(sign + 1))) {
      add(number, member, name);
    }
  }

  private void add(int number, String member, String group) throws IOException {
    String host = host(member);
    if (host == null) {
      throw fault(number, "'" + TextTable.printable(member) + "' is no site; correct or delete it");
    }
    String other = groups.putIfAbsent(host, group);
    if (other != null && !other.equals(group)) {
      throw fault(number, host + " is in the group '" + other + "' already; delete one of them");
    }
  }

  private @Nullable String host(String member) {
    byte[] bytes = member.getBytes(StandardCharsets.UTF_8);
    return hosts.host(bytes, 0, bytes.length);
  }

  private IOException fault(int number, String what) {
    return new IOException(file + ": line " + number + ": " + what);
  }
}
