package imon.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.cli.output.ExitCode;
import imon.testing.LongTest;
import imon.testing.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What leaves a store as files: {@code store export} and {@code query --parquet}. */
class ExportCommandTest {
  private static final List<String> VIEWS =
      List.of(
          "anomalies", "answers", "captures", "clients", "evidence", "flows", "ledger", "traffic");

  @TempDir private static Path folder;
  private static Path store;

  @BeforeAll
  static void keepACapture() {
    store = folder.resolve("imon.db");
    FilledStore.make(store, Program.SAMPLES.resolve("browsing.pcap"));
  }

  private static String first(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertTrue(rows.next());
      return rows.getString(1);
    }
  }

  private static String asked(String sql) {
    return Program.query(store, sql).get(0).path("n").asText();
  }

  private static List<String> files(Path in) throws IOException {
    try (Stream<Path> files = Files.list(in)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void everyViewIsAParquetFileWithAllRowsAndTypes() throws Exception {
    Path out = folder.resolve("parquet");
    Program.run("store", "export", "--db", store, out).done();
    assertEquals(VIEWS.stream().map(view -> view + ".parquet").toList(), files(out));
    for (String view : VIEWS) {
      String from = " FROM '" + out.resolve(view + ".parquet") + "'";
      assertEquals(asked("SELECT count(*) AS n FROM " + view), first("SELECT count(*)" + from));
    }
    String flows = " FROM '" + out.resolve("flows.parquet") + "'";
    assertEquals("TIMESTAMP", first("SELECT typeof(start_time)" + flows));
    String bytes = "SELECT sum(up_bytes + down_bytes) AS n";
    assertEquals(asked(bytes + " FROM flows"), first(bytes + flows));
  }

  @Test
  void csvHasEveryViewToo() throws IOException {
    Path out = folder.resolve("csv");
    Program.run("store", "export", "--db", store, "--csv", out).done();
    assertEquals(VIEWS.stream().map(view -> view + ".csv").toList(), files(out));
    assertEquals(
        Program.run("query", "--db", store, "--csv", "FROM ledger ORDER BY ALL").done().out(),
        Files.readString(out.resolve("ledger.csv")));
  }

  @LongTest
  @Test
  void exportingAgainGivesTheSameFiles() throws IOException {
    Path out = folder.resolve("again");
    Program.run("store", "export", "--db", store, out).done();
    byte[] before = Files.readAllBytes(out.resolve("traffic.parquet"));
    Program.run("store", "export", "--db", store, out).done();
    assertArrayEquals(before, Files.readAllBytes(out.resolve("traffic.parquet")));
    assertEquals(VIEWS.size(), files(out).size());
  }

  @Test
  void anAnswerBecomesAParquetFile() throws SQLException {
    Path out = folder.resolve("an'swer.parquet");
    String sql = "SELECT sum(bytes) AS n, 'it''s' AS text FROM ledger";
    Program run = Program.run("query", "--db", store, "--parquet", out, sql).done();
    assertEquals("", run.out());
    String from = " FROM '" + out.toString().replace("'", "''") + "'";
    assertEquals(asked(sql), first("SELECT n" + from));
    assertEquals("BIGINT", first("SELECT typeof(n)" + from));
    assertEquals("it's", first("SELECT text" + from));
  }

  @Test
  void sumsAreExactWhateverTheirColumnsAreCalled() throws SQLException {
    Path out = folder.resolve("exact.parquet");
    String sql = "SELECT 9007199254740993::HUGEINT AS \"a \"\" b\", 1::HUGEINT AS \"select\"";
    Program.run("query", "--db", store, "--parquet", out, sql).done();
    assertEquals("9007199254740993", first("SELECT \"a \"\" b\" FROM '" + out + "'"));
  }

  @Test
  void whatIsWrittenIsItsOwnersOnlyUnlessItWasThere() throws IOException {
    Path out = folder.resolve("owner");
    Path there = folder.resolve("there.parquet");
    Files.createFile(
        there, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));
    Program.run("store", "export", "--db", store, "--csv", out).done();
    Program.run("store", "export", "--db", store, out).done();
    assertEquals("rwx------", permissions(out));
    for (String file : files(out)) {
      assertEquals("rw-------", permissions(out.resolve(file)), file);
    }
    Path one = folder.resolve("one.parquet");
    for (Path file : List.of(one, there)) {
      Program.run("query", "--db", store, "--parquet", file, "SELECT 1").done();
    }
    assertEquals("rw-------", permissions(one));
    assertEquals("rw-r--r--", permissions(there));
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FROM '%s/secret.txt'",
        "FROM read_csv('%s/secret.txt')",
        "FROM glob('%s/*')",
        "INSTALL httpfs",
        "LOAD '%s/secret.txt'",
        "EXPORT DATABASE '%s/all'",
        "COPY (SELECT 1) TO '%s/written.csv'",
        "SELECT 1) TO '%s/written.csv'; COPY (SELECT 2",
        "SELECT 1; COPY (SELECT 1) TO '%s/written.csv'",
        "SELECT * FROM read_text('%s/secret.txt')",
        "SELECT * FROM query('COPY (SELECT 1) TO ''%s/written.csv''')",
        "SELECT * FROM query('FROM read_text(''%s/secret.txt'')')",
        "ATTACH '%s/written.db'",
        "DELETE FROM fact.flow",
        "SET enable_external_access = true",
        "CREATE TABLE copy AS SELECT 1",
        "SELECT no_such_column FROM flows",
        ""
      })
  void noStatementReachesOtherFilesByWayOfParquet(String sql) throws IOException {
    Path inner = Files.createTempDirectory(folder, "hostile");
    Files.writeString(inner.resolve("secret.txt"), "secret");
    byte[] before = Files.readAllBytes(store);
    Path out = inner.resolve("out.parquet");
    Program run =
        Program.run("query", "--db", store, "--parquet", out, sql.replace("%s", inner + ""))
            .ended(ExitCode.FAILED);
    assertEquals(1, run.complaints().size(), run.err());
    assertTrue(run.err().startsWith("imon: query: "), run.err());
    assertEquals(List.of("secret.txt"), files(inner));
    assertArrayEquals(before, Files.readAllBytes(store));
  }

  @ParameterizedTest
  @CsvSource({"store export, views", "query --parquet, answer.parquet"})
  void aFullDiskIsSaidAndNothingIsLeftOnIt(String command, String target) throws Exception {
    Path mounted = Files.createDirectory(folder.resolve(target + "-disk"));
    try (SmallDisk disk = SmallDisk.mount(mounted, 64)) {
      Files.write(mounted.resolve("full"), new byte[(int) disk.free()]);
      Path out = mounted.resolve(target);
      List<Object> words = new ArrayList<>(List.of(command.split(" ")));
      words.addAll(List.of(out, "--db", store));
      if (target.endsWith("parquet")) {
        words.add("FROM flows");
      }
      Program full = Program.run(words.toArray()).ended(ExitCode.FAILED);
      assertEquals(1, full.complaints().size(), full.err());
      assertTrue(full.err().startsWith("imon: cannot write " + out), full.err());
      assertTrue(full.err().contains(": No space left on device; "), full.err());
      assertEquals(List.of("full"), files(mounted));
    }
  }

  @Test
  void aFailedAnswerLeavesTheFileThatWasThere() throws IOException {
    Path out = folder.resolve("kept.parquet");
    Files.writeString(out, "as it was");
    Program.run("query", "--db", store, "--parquet", out, "SELEC").ended(ExitCode.FAILED);
    assertEquals("as it was", Files.readString(out));
  }
}
