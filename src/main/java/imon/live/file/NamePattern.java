package imon.live.file;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of capture files: text with {@code {interface}} and {@code {start:FORMAT}}, the moment a
 * file begins in a zone, by the letters of {@link DateTimeFormatter}. It makes names and recognises
 * them; a file whose name it does not recognise is none of this capture's.
 */
public final class NamePattern {
  /** What files are called unless a pattern is given. */
  public static final String DEFAULT = "{interface}-{start:yyyyMMdd-HHmmss}.pcap";

  /** Ends the name of a file that is being written. */
  public static final String UNFINISHED = ".part";

  /** Ends the name of a packed file. */
  public static final String PACKED = ".zst";

  private static final String DEFAULT_FORMAT = "yyyyMMdd-HHmmss";
  private static final Pattern FIELD = Pattern.compile("\\{([a-z]+)(?::([^{}]+))?\\}");
  private static final String UNFIT = "[^A-Za-z0-9._-]";

  /** Text as it is, or a format for the start. */
  private sealed interface Piece {
    record Text(String text) implements Piece {}

    record Start(DateTimeFormatter format) implements Piece {}
  }

  private final List<Piece> pieces = new ArrayList<>();
  private final String device;
  private final Pattern plain;
  private final Pattern numbered;

  /**
   * Reads a pattern; an error of usage when it is none.
   *
   * @param device for {@code {interface}}, see {@link #fit}
   */
  public NamePattern(String pattern, String device, ZoneId zone) {
    this.device = fit(device);
    Matcher field = FIELD.matcher(pattern);
    int from = 0;
    while (field.find()) {
      text(pattern.substring(from, field.start()), pattern);
      pieces.add(piece(field, pattern, zone));
      from = field.end();
    }
    text(pattern.substring(from), pattern);
    if (pieces.stream().noneMatch(Piece.Start.class::isInstance)) {
      throw new IllegalArgumentException(
          "--name " + pattern + ": has no {start}, so that all files would have one name");
    }
    plain = recogniser("");
    numbered = recogniser("-\\d+");
  }

  private void text(String text, String pattern) {
    if (text.matches(".*[/\\\\{}\\p{Cntrl}].*")) {
      throw new IllegalArgumentException(
          "--name "
              + pattern
              + ": a file name with {interface} and {start:yyyyMMdd-HHmmss}"
              + " in it is needed, without folders");
    }
    if (!text.isEmpty()) {
      pieces.add(new Piece.Text(text));
    }
  }

  private Piece piece(Matcher field, String pattern, ZoneId zone) {
    String format = field.group(2);
    if (field.group(1).equals("interface") && format == null) {
      return new Piece.Text(device);
    }
    if (!field.group(1).equals("start")) {
      throw new IllegalArgumentException(
          "--name " + pattern + ": " + field.group() + " is neither {interface} nor {start:...}");
    }
    try {
      String letters = format == null ? DEFAULT_FORMAT : format;
      DateTimeFormatter start = DateTimeFormatter.ofPattern(letters, Locale.ROOT).withZone(zone);
      if (start.format(Instant.EPOCH).matches(".*[/\\\\\\p{Cntrl}].*")) {
        throw new IllegalArgumentException("it makes folders");
      }
      return new Piece.Start(start);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new IllegalArgumentException(
          "--name " + pattern + ": " + format + " is no format of a time: " + e.getMessage(), e);
    }
  }

  /** Matches names with this before their suffix; what stands for the start is in groups. */
  private Pattern recogniser(String number) {
    StringBuilder regex = new StringBuilder();
    String suffix = suffix();
    for (int i = 0; i < pieces.size(); i++) {
      boolean last = i == pieces.size() - 1;
      if (pieces.get(i) instanceof Piece.Text piece) {
        String text = piece.text();
        regex.append(
            Pattern.quote(last ? text.substring(0, text.length() - suffix.length()) : text));
      } else {
        regex.append("(.+?)");
      }
    }
    return Pattern.compile(regex + number + Pattern.quote(suffix));
  }

  /** From the last dot on; empty without one, and when a time is last. */
  private String suffix() {
    if (pieces.get(pieces.size() - 1) instanceof Piece.Text last) {
      int dot = last.text().lastIndexOf('.');
      return dot < 0 ? "" : last.text().substring(dot);
    }
    return "";
  }

  /**
   * The name of a file that begins then.
   *
   * @param number 1 for the first of this name; others have it before the suffix
   */
  public String name(Instant start, int number) {
    StringBuilder name = new StringBuilder();
    for (Piece piece : pieces) {
      name.append(
          piece instanceof Piece.Start moment
              ? moment.format().format(start)
              : ((Piece.Text) piece).text());
    }
    if (number > 1) {
      name.insert(name.length() - suffix().length(), "-" + number);
    }
    return name.toString();
  }

  /** Whether this is the name of a finished file of this pattern, packed or not. */
  public boolean recognises(String name) {
    String unpacked = unpacked(name);
    return fits(plain.matcher(unpacked)) || fits(numbered.matcher(unpacked));
  }

  /** A device's name in that of a file: what is not fit for one becomes {@code _}. */
  public static String fit(String device) {
    return device.replaceAll(UNFIT, "_");
  }

  /** What a file was called before it was packed, if it was. */
  public static String unpacked(String name) {
    return name.endsWith(PACKED) ? name.substring(0, name.length() - PACKED.length()) : name;
  }

  private boolean fits(Matcher name) {
    if (!name.matches()) {
      return false;
    }
    int group = 1;
    for (Piece piece : pieces) {
      if (piece instanceof Piece.Start start && !isTime(start.format(), name.group(group++))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isTime(DateTimeFormatter format, String text) {
    try {
      format.parse(text);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  /**
   * The beginning of the names of files that are prepared before it is known when they begin; they
   * end in {@link #UNFINISHED}.
   */
  String sparePrefix() {
    return device + ".spare-";
  }
}
