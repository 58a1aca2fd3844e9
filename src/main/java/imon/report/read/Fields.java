package imon.report.read;

import com.fasterxml.jackson.databind.JsonNode;
import imon.report.text.VisibleText;
import imon.store.Traffic;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fields of one object of a report, each of which must be there and be what is asked for. */
final class Fields {
  private static final int MOST_SHOWN = 60;

  /** Four digits of a year: from 0001 to 9999. */
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

  private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

  private final String where;
  private final JsonNode object;
  private final FigureSum figures;

  /** Reads one object. */
  interface RowReader<T> {
    T read(Fields row) throws UnfitException;
  }

  /**
   * @param where its path in the document, for messages
   */
  Fields(String where, JsonNode object, FigureSum figures) throws UnfitException {
    this.where = where;
    this.object = object;
    this.figures = figures;
    if (!object.isObject()) {
      throw new UnfitException(where, shown(object) + " is no object");
    }
  }

  boolean has(String name) {
    return object.has(name);
  }

  /** Whether a field that must be there says that there is nothing. */
  boolean isNull(String name) throws UnfitException {
    return value(name).isNull();
  }

  UnfitException unfit(String name, String why) {
    return new UnfitException(path(name), why);
  }

  String text(String name) throws UnfitException {
    JsonNode value = value(name);
    if (!value.isTextual()) {
      throw unfit(name, shown(value) + " is no text");
    }
    return value.textValue();
  }

  @Nullable String textOrNull(String name) throws UnfitException {
    return value(name).isNull() ? null : text(name);
  }

  /** The texts of an array. */
  List<String> texts(String name) throws UnfitException {
    List<String> texts = new ArrayList<>();
    for (JsonNode value : array(name)) {
      if (!value.isTextual()) {
        throw unfit(name, shown(value) + " is no text");
      }
      texts.add(value.textValue());
    }
    return texts;
  }

  boolean flag(String name) throws UnfitException {
    JsonNode value = value(name);
    if (!value.isBoolean()) {
      throw unfit(name, shown(value) + " is neither true nor false");
    }
    return value.booleanValue();
  }

  /** A number of packets, bytes or the like, 0 or more. */
  long count(String name) throws UnfitException {
    long count = whole(name, 0, FigureSum.MOST);
    if (!figures.add(count)) {
      throw unfit(name, "the figures of this report add up to more than any capture has");
    }
    return count;
  }

  @Nullable Long countOrNull(String name) throws UnfitException {
    return value(name).isNull() ? null : count(name);
  }

  /** A whole number between these bounds. */
  long whole(String name, long least, long most) throws UnfitException {
    JsonNode value = value(name);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw unfit(name, shown(value) + " is no whole number");
    }
    long number = value.longValue();
    if (number < least || number > most) {
      throw unfit(name, number + " is not from " + least + " to " + most);
    }
    return number;
  }

  Instant time(String name) throws UnfitException {
    String text = text(name);
    try {
      Instant time = Instant.parse(text);
      if (!time.isBefore(FIRST) && time.isBefore(END)) {
        return time;
      }
    } catch (DateTimeParseException e) {
      throw (UnfitException) unfit(name, shown(value(name)) + " is no time").initCause(e);
    }
    throw unfit(name, shown(value(name)) + " is no time of this calendar's four digits");
  }

  @Nullable Instant timeOrNull(String name) throws UnfitException {
    return value(name).isNull() ? null : time(name);
  }

  Fields object(String name) throws UnfitException {
    return new Fields(path(name), value(name), figures);
  }

  /** The objects of an array. */
  <T> List<T> rows(String name, RowReader<T> reader) throws UnfitException {
    List<T> rows = new ArrayList<>();
    for (JsonNode value : array(name)) {
      rows.add(reader.read(new Fields(path(name) + "[" + rows.size() + "]", value, figures)));
    }
    return rows;
  }

  /** Traffic as its own fields of this object; its sums must agree. */
  Traffic traffic() throws UnfitException {
    Traffic traffic = directions();
    check("packets", traffic.packets());
    check("bytes", traffic.bytes());
    return traffic;
  }

  /** The same without sums. */
  Traffic directions() throws UnfitException {
    return new Traffic(
        count("connections"),
        count("up_packets"),
        count("up_bytes"),
        count("down_packets"),
        count("down_bytes"));
  }

  private void check(String name, long sum) throws UnfitException {
    if (count(name) != sum) {
      throw unfit(name, "is not what the directions add up to, " + sum);
    }
  }

  private JsonNode array(String name) throws UnfitException {
    JsonNode value = value(name);
    if (!value.isArray()) {
      throw unfit(name, shown(value) + " is no array");
    }
    return value;
  }

  private JsonNode value(String name) throws UnfitException {
    JsonNode value = object.get(name);
    if (value == null) {
      throw unfit(name, "is missing");
    }
    return value;
  }

  private String path(String name) {
    return where.isEmpty() ? name : where + "." + name;
  }

  private static String shown(JsonNode value) {
    if (value.isContainerNode()) {
      return value.isArray() ? "an array" : "an object";
    }
    String text = VisibleText.of(value.asText());
    return "'" + VisibleText.shortened(text, MOST_SHOWN, "...") + "'";
  }
}
