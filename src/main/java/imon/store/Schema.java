package imon.store;

import imon.dns.AnswerKind;
import imon.dns.device.SeenBy;
import imon.flow.Scope;
import imon.flow.Services;
import imon.flow.UnflowedClass;
import imon.name.EchNames;
import imon.name.Evidence;
import imon.name.service.Service;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Makes the tables and views, and the tables that say what codes mean. */
final class Schema {
  /** Version of the schema this program writes; it grows with every change of schema.sql. */
  static final int VERSION = 1;

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
          "slice",
          "evidence",
          "answer",
          "querier",
          "link",
          "device_name",
          "unflowed",
          "anomaly",
          "capture");

  private Schema() {}

  /** Makes the tables of facts in the database that is current. */
  static void createFacts(Database database) throws StoreException {
    database.script("schema.sql");
    database.execute("INSERT INTO fact.setting VALUES ('schema', ?)", String.valueOf(VERSION));
    describeCodes(database);
  }

  /** Makes the views that users see. */
  static void createViews(Database database) throws StoreException {
    database.script("views.sql");
  }

  private static void describeCodes(Database database) throws StoreException {
    for (Evidence kind : Evidence.values()) {
      database.execute(
          "INSERT INTO fact.evidence_kind VALUES (?, ?, ?, ?)",
          kind.code(),
          kind.label(),
          kind.proof(),
          kind.ordinal());
    }
    for (UnflowedClass unflowed : UnflowedClass.values()) {
      database.execute(
          "INSERT INTO fact.unflowed_class VALUES (?, ?)", unflowed.code(), unflowed.label());
    }
    for (AnswerKind kind : AnswerKind.values()) {
      database.execute("INSERT INTO fact.answer_kind VALUES (?, ?)", kind.ordinal(), kind.label());
    }
    for (Scope scope : Scope.values()) {
      database.execute(
          "INSERT INTO fact.scope VALUES (?, ?)",
          scope.ordinal(),
          scope.name().toLowerCase(Locale.ROOT));
    }
    for (Map.Entry<Integer, String> protocol : PROTOCOLS.entrySet()) {
      database.execute(
          "INSERT INTO fact.protocol VALUES (?, ?)", protocol.getKey(), protocol.getValue());
    }
    for (SeenBy seenBy : SeenBy.values()) {
      database.execute("INSERT INTO fact.name_source VALUES (?, ?)", seenBy.code(), seenBy.label());
    }
    for (Service service : Service.values()) {
      database.execute("INSERT INTO fact.content VALUES (?, ?)", service.code(), service.label());
    }
    for (String name : EchNames.wellKnown()) {
      database.execute("INSERT INTO fact.ech_name VALUES (?)", name);
    }
    StringBuilder services = new StringBuilder("INSERT INTO fact.service VALUES ");
    for (Services.Service service : Services.all()) {
      services.append(
          "(%d, %d, '%s'),".formatted(service.protocol(), service.port(), service.name()));
    }
    database.execute(services.substring(0, services.length() - 1));
  }
}
