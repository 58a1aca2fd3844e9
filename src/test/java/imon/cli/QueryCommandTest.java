package imon.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.cli.output.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryCommandTest {
  private static final String VALUES =
      "SELECT 'a,\"b\"' AS quoted, '=1+1' AS formula, NULL AS nothing, -5 AS number,"
          + " TIMESTAMP '2026-03-02 08:00:00.5' AS time, true AS flag";

  @TempDir private static Path folder;
  private static Path store;

  @BeforeAll
  static void keepACapture() {
    store = folder.resolve("imon.db");
    FilledStore.make(store, Program.SAMPLES.resolve("tls-segments.pcap"));
  }

  @Test
  void aTableIsTheDefaultWithNumbersToTheRight() {
    assertEquals(
        """
        evidence  scope     packets
        tls       internet       27
        """,
        query(
            "SELECT evidence, scope, up_packets + down_packets AS packets FROM flows ORDER BY ALL"));
  }

  @Test
  void controlCharactersReachNoTable() {
    assertFalse(query("SELECT chr(27) || '[31m' AS x").contains("\u001b"));
  }

  @Test
  void csvIsRfc4180WithFormulasNeutralised() {
    assertEquals(
        "quoted,formula,nothing,number,time,flag\r\n"
            + "\"a,\"\"b\"\"\",'=1+1,,-5,2026-03-02T08:00:00.500000Z,true\r\n",
        query("--csv", VALUES));
  }

  @Test
  void headsOfCsvAreNeutralisedToo() {
    assertEquals("'=1+1,'@x\r\n1,2\r\n", query("--csv", "SELECT 1 AS \"=1+1\", 2 AS \"@x\""));
  }

  @Test
  void jsonIsAnArrayOfOneObjectPerRow() {
    assertEquals(
        "[{\"quoted\":\"a,\\\"b\\\"\",\"formula\":\"=1+1\",\"nothing\":null,\"number\":-5,"
            + "\"time\":\"2026-03-02T08:00:00.500000Z\",\"flag\":true}]",
        Program.parse(query("--json", VALUES)).toString());
  }

  @Test
  void noRowsAreAnEmptyAnswerWithItsColumns() {
    String sql = "SELECT host FROM flows WHERE false";
    assertEquals("host\n", query(sql));
    assertEquals("host\r\n", query("--csv", sql));
    assertEquals("[]", Program.parse(query("--json", sql)).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO fact.setting VALUES ('a', 'b')",
        "DELETE FROM fact.flow",
        "DROP VIEW flows",
        "CREATE TABLE copy AS SELECT 1",
        "COPY (SELECT 1) TO '%s/written.csv'",
        "EXPORT DATABASE '%s/written'",
        "SELECT * FROM read_text('%s/secret.txt')",
        "SELECT * FROM '%s/secret.txt'",
        "ATTACH '%s/written.db'",
        "SET enable_external_access = true",
        "RESET lock_configuration",
        "INSTALL httpfs",
        "SELECT 1; DELETE FROM fact.flow",
        "SELECT 1; SELECT 2",
        "EXPLAIN SELECT 1;; SHOW TABLES;",
        "SELECT '\\'; SELECT '\\'",
        "SELECT no_such_column FROM flows",
        "SELEC 1",
        ""
      })
  void whatMayNotBeOrIsWrongIsRefusedInOneLine(String sql) throws IOException {
    Files.writeString(folder.resolve("secret.txt"), "secret");
    byte[] before = Files.readAllBytes(store);
    Program run = Program.run("query", "--db", store, "--csv", sql.replace("%s", folder + ""));
    run.ended(ExitCode.FAILED);
    assertEquals("", run.out());
    assertEquals(1, run.complaints().size(), run.err());
    assertTrue(run.err().startsWith("imon: query: "), run.err());
    assertArrayEquals(before, Files.readAllBytes(store));
    assertEquals(List.of("imon.db", "secret.txt"), files());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 7 AS x;",
        "; SELECT 7 AS x",
        "SELECT 7 AS x WHERE E'a''\\';' <> ''",
        "SELECT 7 AS x -- a; b\n ; /* and; so */ ; -- on;",
        "SELECT 7 AS x WHERE ';' <> 'it''s;' AND E'\\';' <> $$;'$$ AND $a$;$$;$a$ <> ''",
        "SELECT \"x;\".x FROM (SELECT 7 AS x) AS \"x;\"",
      })
  void oneStatementMayHaveSemicolonsInItAndAtItsEnd(String sql) {
    assertEquals("x\n7\n", query(sql));
  }

  @Test
  void severalStatementsAreRefusedAsThat() {
    Program run = Program.run("query", "--db", store, "SELECT 1; SELECT 2");
    assertTrue(run.err().startsWith("imon: query: one statement at a time; "), run.err());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--comment\nSELECT 7 AS x",
        "-- --csv=a comment\nSELECT 7 AS x",
        "--\nSELECT 7 AS x"
      })
  void aStatementMayBeginWithAComment(String sql) {
    assertEquals("x\n7\n", query(sql));
    assertEquals("x\n7\n", query("--", sql));
  }

  @Test
  void aWrongOptionIsNoComment() {
    Program run = Program.run("query", "--db", store, "--cvs", "SELECT 1").ended(ExitCode.USAGE);
    assertTrue(run.err().startsWith("imon query: no such option: '--cvs'"), run.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "select error('boom') | Invalid Input Error: boom",
        "/* why; */ ; select error('boom') -- so; | Invalid Input Error: boom",
        "select scope::int from flows | Conversion Error: Could not convert string 'internet' to",
        "select if(i = 500000, error('late'), i) from range(600000) t(i)"
            + " | Invalid Input Error: late"
      },
      quoteCharacter = '`')
  void whatFailsAsRowsAreTakenIsSaidWithItsReason(String sql, String reason) {
    Program run = Program.run("query", "--db", store, sql).ended(ExitCode.FAILED);
    assertTrue(run.err().startsWith("imon: query: " + reason), run.err());
    assertEquals(1, run.complaints().size(), run.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'a\\x00\\xff\\x5c\"'::BLOB | a\\x00\\xFF\\x5C\\x22 | \"a\\\\x00\\\\xFF\\\\x5C\\\\x22\"",
        "[1, NULL] | [1, NULL] | [1,null]",
        "{a: true, b: [{c: DATE '2026-03-02'}]} | {'a': true, 'b': [{'c': 2026-03-02}]}"
            + " | {\"a\":true,\"b\":[{\"c\":\"2026-03-02\"}]}",
        "map {'k': 1, 'b': 2} | {k=1, b=2} | {\"k\":1,\"b\":2}",
        "['x\\x00'::BLOB] | ['x\\\\x00'] | [\"x\\\\x00\"]",
        "[TIMESTAMP '2026-03-29 02:30:00'] | ['2026-03-29 02:30:00']"
            + " | \"['2026-03-29 02:30:00']\""
      },
      quoteCharacter = '`')
  void whatHasPartsIsSaidAsTheDatabaseSaysItAndAsJson(String value, String text, String json) {
    String sql = "SELECT " + value + " AS x";
    assertEquals("x\n" + text + "\n", query(sql));
    assertEquals("[{\"x\":" + json + "}]", Program.parse(query("--json", sql)).toString());
  }

  @Test
  void columnsOfOneNameAreDistinctInJson() {
    assertEquals(
        "[{\"a\":1,\"a_1\":2,\"a_2\":3}]",
        Program.parse(query("--json", "SELECT 1 AS a, 2 AS a, 3 AS a")).toString());
  }

  private static List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static String query(String... words) {
    return Program.run("query", "--db", store, List.of(words)).done().out();
  }
}
