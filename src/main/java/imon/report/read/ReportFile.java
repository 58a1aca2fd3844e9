package imon.report.read;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import imon.report.Report;
import imon.report.text.VisibleText;
import java.io.CharConversionException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A JSON report of imon in a file. */
public final class ReportFile {
  /** Some hundred thousand sites; a report as it is usual has a hundredth of it. */
  public static final long MOST_BYTES = 256L << 20;

  private static final long MOST_TOKENS = 40_000_000;

  /** No name, message or word of a command comes near it. */
  private static final int MOST_TEXT = 1 << 20;

  private static final int MOST_DIGITS = 20;
  private static final int MOST_DEPTH = 12;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxDocumentLength(MOST_BYTES)
                  .maxTokenCount(MOST_TOKENS)
                  .maxStringLength(MOST_TEXT)
                  .maxNumberLength(MOST_DIGITS)
                  .maxNestingDepth(MOST_DEPTH)
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private ReportFile() {}

  /**
   * Reads a file.
   *
   * @throws IOException when it cannot be read, or is no report; one line that begins with the file
   */
  public static Report read(Path file) throws IOException {
    String name = VisibleText.of(file.toString());
    if (Files.isDirectory(file) || !Files.isReadable(file)) {
      throw new IOException(name + ": no such file, or it cannot be read");
    }
    if (Files.size(file) > MOST_BYTES) {
      throw new IOException(name + ": more than " + MOST_BYTES + " bytes are no report of imon");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, name);
    }
  }

  /**
   * Reads a stream to its end.
   *
   * @param name what it is called in messages
   * @throws IOException likewise
   */
  public static Report read(InputStream in, String name) throws IOException {
    try (JsonParser parser = FACTORY.createParser(new BoundedStream(in))) {
      return report(parser);
    } catch (JsonProcessingException | CharConversionException e) {
      throw new IOException(name + ": no JSON report, or damaged: " + place(e), e);
    } catch (UnfitException e) {
      throw new IOException(
          "%s: not a JSON report of imon, or damaged: %s".formatted(name, e.getMessage()), e);
    }
  }

  private static Report report(JsonParser parser) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new UnfitException("document", "is no object");
    }
    ReportFields fields = new ReportFields();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      fields.take(name, parser);
    }
    if (parser.nextToken() != null) {
      throw new UnfitException("document", "goes on after its end");
    }
    return fields.report();
  }

  /** Where, without a piece of the file. */
  private static String place(IOException fault) {
    if (fault instanceof JsonProcessingException json && json.getLocation() != null) {
      JsonLocation at = json.getLocation();
      return "found at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
    }
    return fault instanceof CharConversionException
        ? "it is no UTF-8"
        : "a text, a number or a nesting in it is beyond all bounds";
  }

  /** Ends with a fault where no report goes on. */
  private static final class BoundedStream extends FilterInputStream {
    private long left = MOST_BYTES;

    BoundedStream(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      return counted(super.read(), 1);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count = super.read(bytes, offset, length);
      return counted(count, count);
    }

    private int counted(int result, int count) throws IOException {
      left -= Math.max(0, count);
      if (left < 0) {
        throw new UnfitException("document", "more than " + MOST_BYTES + " bytes");
      }
      return result;
    }
  }
}
