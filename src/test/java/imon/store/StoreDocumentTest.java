package imon.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class StoreDocumentTest {
  private static final Pattern VIEW = Pattern.compile("## (\\w+)");
  private static final Pattern COLUMN = Pattern.compile("\\| `(\\w+)` \\| (\\w+) \\| .+\\. \\|");

  @Test
  void theDocumentHasEveryViewAndColumnInOrder() throws Exception {
    List<String> ofStore = columnsOfStore();
    assertEquals(String.join("\n", ofStore), String.join("\n", columnsOfDocument()));
    assertEquals(82, ofStore.size());
  }

  private static List<String> columnsOfStore() throws Exception {
    try (Database database = Database.open("", new Properties())) {
      Schema.createFacts(database);
      Schema.createViews(database);
      return database.query(
          row -> row.getString(1),
          """
          SELECT table_name || '.' || column_name || ' ' || data_type
          FROM duckdb_columns()
          WHERE schema_name = 'main' AND NOT internal
          ORDER BY table_oid, column_index
          """);
    }
  }

  private static List<String> columnsOfDocument() throws IOException {
    List<String> columns = new ArrayList<>();
    String view = "";
    for (String line : Files.readAllLines(Path.of("docs", "store.md"))) {
      Matcher heading = VIEW.matcher(line);
      Matcher column = COLUMN.matcher(line);
      if (heading.matches()) {
        view = heading.group(1);
      } else if (column.matches()) {
        columns.add(view + "." + column.group(1) + " " + column.group(2));
      }
    }
    return columns;
  }
}
