package imon.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import imon.report.text.CsvCells;
import imon.report.text.VisibleText;
import imon.store.StoreQuery;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/** The answer of a query in one of the formats. */
public interface QueryAnswer extends StoreQuery.Answer {
  /** All rows were given. */
  void end() throws IOException;

  /** RFC 4180; text that a spreadsheet would run is neutralised, numbers are plain. */
  final class Csv implements QueryAnswer {
    private final CSVPrinter printer;

    public Csv(Writer out) throws IOException {
      printer = new CSVPrinter(out, CSVFormat.RFC4180);
    }

    @Override
    public void columns(List<String> names) throws IOException {
      printer.printRecord(names.stream().map(CsvCells::safe).toList());
    }

    @Override
    public void row(List<@Nullable Object> values) throws IOException {
      for (Object value : values) {
        printer.print(value instanceof String text ? CsvCells.safe(text) : value);
      }
      printer.println();
    }

    @Override
    public void end() throws IOException {
      printer.flush();
    }
  }

  /** An array of one object per row; a column with the name of an earlier one gets a number. */
  final class Json implements QueryAnswer {
    private final JsonGenerator json;
    private List<String> names = List.of();

    Json(Writer out) throws IOException {
      json = new JsonFactory().createGenerator(out);
      json.setPrettyPrinter(new DefaultPrettyPrinter());
      json.configure(JsonGenerator.Feature.AUTO_CLOSE_TARGET, false);
      json.writeStartArray();
    }

    @Override
    public void columns(List<String> columnNames) {
      Set<String> distinct = new LinkedHashSet<>();
      for (String name : columnNames) {
        String key = name;
        for (int again = 1; !distinct.add(key); again++) {
          key = name + "_" + again;
        }
      }
      names = List.copyOf(distinct);
    }

    @Override
    public void row(List<@Nullable Object> values) throws IOException {
      json.writeStartObject();
      for (int i = 0; i < values.size(); i++) {
        json.writeFieldName(names.get(i));
        write(values.get(i));
      }
      json.writeEndObject();
    }

    private void write(@Nullable Object value) throws IOException {
      if (value == null) {
        json.writeNull();
      } else if (value instanceof Boolean flag) {
        json.writeBoolean(flag);
      } else if (value instanceof BigInteger number) {
        json.writeNumber(number);
      } else if (value instanceof BigDecimal number) {
        json.writeNumber(number);
      } else if (value instanceof Double || value instanceof Float) {
        json.writeNumber(((Number) value).doubleValue());
      } else if (value instanceof Number number) {
        json.writeNumber(number.longValue());
      } else if (value instanceof StoreQuery.Nested nested) {
        write(nested.parts());
      } else if (value instanceof List<?> list) {
        json.writeStartArray();
        for (Object part : list) {
          write(part);
        }
        json.writeEndArray();
      } else if (value instanceof Map<?, ?> map) {
        json.writeStartObject();
        for (Map.Entry<?, ?> part : map.entrySet()) {
          json.writeFieldName(String.valueOf(part.getKey()));
          write(part.getValue());
        }
        json.writeEndObject();
      } else {
        json.writeString(value.toString());
      }
    }

    @Override
    public void end() throws IOException {
      json.writeEndArray();
      json.writeRaw('\n');
      json.flush();
    }
  }

  /** Columns as wide as what is in them, numbers to the right. */
  final class Table implements QueryAnswer {
    /** Rows that are looked at for the width of columns; later ones may stand out. */
    private static final int MEASURED = 1000;

    private static final int WIDEST = 60;

    private final Writer out;
    private final List<List<@Nullable Object>> waiting = new ArrayList<>();
    private int[] widths = {};
    private boolean measured;

    public Table(Writer out) {
      this.out = out;
    }

    @Override
    public void columns(List<String> names) throws IOException {
      widths = new int[names.size()];
      row(new ArrayList<>(names));
    }

    @Override
    public void row(List<@Nullable Object> values) throws IOException {
      if (measured) {
        write(values);
        return;
      }
      waiting.add(new ArrayList<>(values));
      if (waiting.size() > MEASURED) {
        writeWaiting();
      }
    }

    @Override
    public void end() throws IOException {
      writeWaiting();
    }

    private void writeWaiting() throws IOException {
      for (List<@Nullable Object> row : waiting) {
        for (int i = 0; i < widths.length; i++) {
          widths[i] = Math.min(WIDEST, Math.max(widths[i], text(row.get(i)).length()));
        }
      }
      measured = true;
      for (List<@Nullable Object> row : waiting) {
        write(row);
      }
      waiting.clear();
    }

    private void write(List<@Nullable Object> values) throws IOException {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String text = text(values.get(i));
        String pad = " ".repeat(Math.max(0, widths[i] - text.length()));
        line.append(i == 0 ? "" : "  ");
        line.append(values.get(i) instanceof Number ? pad + text : text + pad);
      }
      out.write(line.toString().stripTrailing());
      out.write('\n');
    }

    private static String text(@Nullable Object value) {
      return value == null ? "" : VisibleText.of(value.toString());
    }
  }
}
