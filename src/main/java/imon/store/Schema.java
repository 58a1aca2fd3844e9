package imon.store;

import imon.dns.AnswerKind;
import imon.dns.device.SeenBy;
import imon.flow.row.Scope;
import imon.flow.row.UnflowedClass;
import imon.name.EchNames;
import imon.name.Evidence;
import imon.name.ServicePorts;
import imon.name.service.Service;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.duckdb.DuckDBAppender;

/** Makes the tables and views, and the tables that say what codes mean. */
public final class Schema {
  /**
   * Version of the schema this program writes; it grows with every change of schema.sql, with a
   * script {@code migrate-N.sql} that leads there from the version before.
   */
  public static final int VERSION = 7;

  /** The first version that {@link #migrate} can begin with. */
  private static final int OLDEST = 1;

  /** Names of protocol numbers worth one, by the IANA registry. */
  private static final Map<Integer, String> PROTOCOLS =
      Map.ofEntries(
          Map.entry(1, "icmp"),
          Map.entry(2, "igmp"),
          Map.entry(4, "ipip"),
          Map.entry(6, "tcp"),
          Map.entry(17, "udp"),
          Map.entry(33, "dccp"),
          Map.entry(41, "ipv6"),
          Map.entry(47, "gre"),
          Map.entry(50, "esp"),
          Map.entry(51, "ah"),
          Map.entry(58, "icmpv6"),
          Map.entry(88, "eigrp"),
          Map.entry(89, "ospf"),
          Map.entry(103, "pim"),
          Map.entry(112, "vrrp"),
          Map.entry(115, "l2tp"),
          Map.entry(132, "sctp"),
          Map.entry(136, "udplite"));

  /** The tables whose rows belong to one capture each. */
  static final List<String> FACTS_OF_CAPTURES =
      List.of(
          "flow",
          "untold",
          "slice",
          "evidence",
          "answer",
          "nrb_name",
          "querier",
          "link",
          "device_name",
          "unflowed",
          "anomaly",
          "capture");

  /** The tables of what correlation makes of the facts of captures. */
  static final List<String> DERIVED_OF_CAPTURES =
      List.of("candidate", "naming", "guess", "part", "proxied", "device");

  /** The tables that say what codes mean. */
  private static final List<String> CODES =
      List.of(
          "evidence_kind",
          "unflowed_class",
          "answer_kind",
          "scope",
          "protocol",
          "name_source",
          "content",
          "ech_name",
          "service");

  private Schema() {}

  /** Makes the tables of facts in the database that is current. */
  static void createFacts(Database database) throws StoreException {
    database.script("schema.sql");
    database.script("sides.sql");
    database.execute("INSERT INTO fact.setting VALUES ('schema', ?)", String.valueOf(VERSION));
    describeCodes(database);
  }

  /** Makes the views that users see. */
  static void createViews(Database database) throws StoreException {
    database.script("views.sql");
  }

  /**
   * Brings tables of an earlier version, in the database that is current and has neither views nor
   * macros yet, to this one: by the script of each version to the next.
   */
  static void migrate(Database database, int from) throws StoreException {
    for (int version = from; version < VERSION; version++) {
      database.script("migrate-" + version + ".sql");
    }
    for (String table : CODES) {
      database.execute("DELETE FROM fact." + table);
    }
    describeCodes(database);
    database.execute(
        "UPDATE fact.setting SET value = ? WHERE name = 'schema'", String.valueOf(VERSION));
  }

  /** The version of the store that is current; 0 when it does not say, or is no store of ours. */
  static int version(Database database) throws StoreException {
    if (!database.has("fact.setting")) {
      return 0;
    }
    List<String> versions =
        database.query(
            row -> row.getString(1), "SELECT value FROM fact.setting WHERE name = 'schema'");
    return versions.isEmpty() ? 0 : Integer.parseInt(versions.get(0));
  }

  /** Whether {@link #migrate} knows how to go on from this version. */
  static boolean isOlder(int version) {
    return version >= OLDEST && version < VERSION;
  }

  private static void describeCodes(Database database) throws StoreException {
    database.append(
        "evidence_kind",
        rows -> {
          for (Evidence kind : Evidence.values()) {
            code(rows, kind.code(), kind.label())
                .append(kind.proof())
                .append((byte) kind.ordinal())
                .endRow();
          }
        });
    labels(
        database,
        "unflowed_class",
        UnflowedClass.values(),
        UnflowedClass::code,
        UnflowedClass::label);
    labels(database, "answer_kind", AnswerKind.values(), AnswerKind::ordinal, AnswerKind::label);
    labels(database, "scope", Scope.values(), Scope::ordinal, Schema::label);
    labels(database, "name_source", SeenBy.values(), SeenBy::code, SeenBy::label);
    labels(database, "content", Service.values(), Service::code, Service::label);
    database.append(
        "protocol",
        rows -> {
          for (Map.Entry<Integer, String> protocol : PROTOCOLS.entrySet()) {
            code(rows, protocol.getKey(), protocol.getValue()).endRow();
          }
        });
    database.append(
        "ech_name",
        rows -> {
          for (String name : EchNames.wellKnown()) {
            rows.beginRow().append(name).endRow();
          }
        });
    database.append(
        "service",
        rows -> {
          for (ServicePorts.Entry service : ServicePorts.all()) {
            rows.beginRow()
                .append((byte) service.protocol())
                .append(service.port())
                .append(service.name())
                .endRow();
          }
        });
  }

  private static String label(Scope scope) {
    return scope.name().toLowerCase(Locale.ROOT);
  }

  /** Fills a table of codes and labels. */
  private static <T> void labels(
      Database database, String table, T[] all, ToIntFunction<T> code, Function<T, String> label)
      throws StoreException {
    database.append(
        table,
        rows -> {
          for (T one : all) {
            code(rows, code.applyAsInt(one), label.apply(one)).endRow();
          }
        });
  }

  /** Begins a row with a code, an unsigned byte, and its label. */
  private static DuckDBAppender code(DuckDBAppender rows, int code, String label)
      throws SQLException {
    return rows.beginRow().append((byte) code).append(label);
  }
}
