package imon.samples;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A flow as its scene means it: ends, name, evidence, scope, and what was sent so far. */
final class ExpectedFlow {
  private static final String INTERNET = "internet";

  private final Protocol protocol;
  private final Endpoint client;
  private final Endpoint server;
  private boolean portsUnknown;
  private Naming naming = Naming.NONE;
  private String scope = INTERNET;
  private List<String> candidates = List.of();
  private @Nullable String service;
  private long upPackets;
  private long upBytes;
  private long downPackets;
  private long downBytes;

  private ExpectedFlow(Protocol protocol, Endpoint client, Endpoint server) {
    this.protocol = protocol;
    this.client = client;
    this.server = server;
  }

  static ExpectedFlow of(Protocol protocol, Endpoint client, Endpoint server) {
    return new ExpectedFlow(protocol, client, server);
  }

  static ExpectedFlow tcp(Endpoint client, Endpoint server) {
    return of(Protocol.TCP, client, server);
  }

  static ExpectedFlow udp(Endpoint client, Endpoint server) {
    return of(Protocol.UDP, client, server);
  }

  ExpectedFlow named(Naming expected) {
    naming = expected;
    return this;
  }

  /** Both ends are private addresses. */
  ExpectedFlow local() {
    scope = "local";
    return this;
  }

  /** Sent to a group or to all. */
  ExpectedFlow multicast() {
    scope = "multicast";
    return this;
  }

  /** All sites whose answers were valid for these addresses when the flow began. */
  ExpectedFlow candidates(String... sites) {
    candidates = List.of(sites);
    return this;
  }

  /** What its contents show, whatever its ports. */
  ExpectedFlow service(String shown) {
    service = shown;
    return this;
  }

  /** Every packet was cut before its ports. */
  ExpectedFlow withoutPorts() {
    portsUnknown = true;
    return this;
  }

  void count(boolean up, long bytes) {
    if (up) {
      upPackets++;
      upBytes += bytes;
    } else {
      downPackets++;
      downBytes += bytes;
    }
  }

  Protocol protocol() {
    return protocol;
  }

  Endpoint client() {
    return client;
  }

  Endpoint server() {
    return server;
  }

  boolean isInternet() {
    return scope.equals(INTERNET);
  }

  String clientIp() {
    return client.host().address();
  }

  Naming naming() {
    return naming;
  }

  /** The class of the ledger its packets are in. */
  String ledgerClass() {
    return isInternet() ? naming.evidence() : scope;
  }

  long packets() {
    return upPackets + downPackets;
  }

  long bytes() {
    return upBytes + downBytes;
  }

  /** Up packets, up bytes, down packets, down bytes. */
  long[] counts() {
    return new long[] {upPackets, upBytes, downPackets, downBytes};
  }

  /** The flow as a row of the truth. */
  Map<String, @Nullable Object> row() {
    boolean ports = protocol.hasPorts() && !portsUnknown;
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("protocol", protocol.label());
    row.put("client_ip", clientIp());
    row.put("client_port", ports ? client.port() : null);
    row.put("server_ip", server.host().address());
    row.put("server_port", ports ? server.port() : null);
    row.put("host", naming.host());
    row.put("site", naming.site());
    row.put("evidence", naming.evidence());
    row.put("scope", scope);
    row.put("up_packets", upPackets);
    row.put("up_bytes", upBytes);
    row.put("down_packets", downPackets);
    row.put("down_bytes", downBytes);
    if (!candidates.isEmpty()) {
      row.put("candidates", candidates);
    }
    if (service != null) {
      row.put("service", service);
    }
    return row;
  }
}
