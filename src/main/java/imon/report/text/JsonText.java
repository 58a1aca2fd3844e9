package imon.report.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.core.util.Separators.Spacing;
import imon.store.Traffic;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * JSON (RFC 8259) of all kinds of reports: indented by two spaces, lines ended by LF, all text
 * outside printable ASCII escaped.
 */
public final class JsonText {
  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .characterEscapes(new ControlEscapes())
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .build();

  private JsonText() {}

  /** Writes one row of a list. */
  public interface RowWriter<T> {
    void write(JsonGenerator json, T row) throws IOException;
  }

  /** Writes to {@code out}, which it does not close. */
  public static JsonGenerator generator(Writer out) throws IOException {
    return FACTORY.createGenerator(out).setPrettyPrinter(indentation());
  }

  /** Without spaces, and without a character that could end the element of a page it stands in. */
  public static JsonGenerator inlined(Writer out) throws IOException {
    return FACTORY.createGenerator(out).setCharacterEscapes(new ControlEscapes('<', '>', '&'));
  }

  private static PrettyPrinter indentation() {
    DefaultIndenter twoSpaces = new DefaultIndenter("  ", "\n");
    Separators separators =
        Separators.createDefaultInstance()
            .withObjectFieldValueSpacing(Spacing.AFTER)
            .withObjectEmptySeparator("")
            .withArrayEmptySeparator("");
    return new DefaultPrettyPrinter(separators)
        .withObjectIndenter(twoSpaces)
        .withArrayIndenter(twoSpaces);
  }

  /** The fields of traffic within an object. */
  public static void traffic(JsonGenerator json, Traffic traffic) throws IOException {
    json.writeNumberField("connections", traffic.connections());
    json.writeNumberField("up_packets", traffic.upPackets());
    json.writeNumberField("up_bytes", traffic.upBytes());
    json.writeNumberField("down_packets", traffic.downPackets());
    json.writeNumberField("down_bytes", traffic.downBytes());
    json.writeNumberField("packets", traffic.packets());
    json.writeNumberField("bytes", traffic.bytes());
  }

  /** An array of objects. */
  public static <T> void list(
      JsonGenerator json, String name, List<T> rows, RowWriter<? super T> writer)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (T row : rows) {
      json.writeStartObject();
      writer.write(json, row);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** An object of traffic. */
  public static void rest(JsonGenerator json, String name, @Nullable Traffic rest)
      throws IOException {
    if (rest == null) {
      json.writeNullField(name);
      return;
    }
    json.writeObjectFieldStart(name);
    traffic(json, rest);
    json.writeEndObject();
  }

  /** A time as {@link ReportTimes#utc} has it. */
  public static void time(JsonGenerator json, String name, @Nullable Instant time)
      throws IOException {
    json.writeStringField(name, time == null ? null : ReportTimes.utc(time));
  }

  public static void number(JsonGenerator json, String name, @Nullable Long number)
      throws IOException {
    if (number == null) {
      json.writeNullField(name);
    } else {
      json.writeNumberField(name, number);
    }
  }

  /** The escapes of RFC 8259 and DEL, the one ASCII control character it lets through. */
  private static final class ControlEscapes extends CharacterEscapes {
    private static final long serialVersionUID = 1;
    private static final int DEL = 0x7F;

    private final int[] escapes = standardAsciiEscapesForJSON();

    /** Escapes these, too. */
    ControlEscapes(char... others) {
      escapes[DEL] = ESCAPE_STANDARD;
      for (char other : others) {
        escapes[other] = ESCAPE_STANDARD;
      }
    }

    @Override
    public int[] getEscapeCodesForAscii() {
      return escapes;
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int character) {
      return null;
    }
  }
}
