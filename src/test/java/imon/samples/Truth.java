package imon.samples;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The truth about a capture as JSON: one line a row, so that a change shows as a small diff. */
final class Truth {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, Object> members = new LinkedHashMap<>();

  /** Totals only. */
  static Truth totals(Trace trace) {
    Truth truth = new Truth();
    truth.members.put("packets", trace.packetCount());
    truth.members.put("bytes", trace.wireBytes());
    truth.members.put("exit_code", 0);
    return truth;
  }

  /** Totals, time span, ledger, and every flow in the order of their first packets' sending. */
  static Truth of(Trace trace) {
    Truth truth = totals(trace);
    List<Packet> packets = trace.packets();
    truth.members.put("first_packet", micros(packets.get(0)));
    truth.members.put("last_packet", micros(packets.get(packets.size() - 1)));
    truth.members.put("ledger", ledger(trace));
    truth.members.put("flows", trace.flows().stream().map(ExpectedFlow::row).toList());
    return truth;
  }

  /** Adds the sums per site, client address and evidence of all internet flows. */
  Truth withSites(Trace trace) {
    Map<String, Map<String, @Nullable Object>> rows = new TreeMap<>();
    Map<String, long[]> sums = new TreeMap<>();
    for (ExpectedFlow flow : trace.flows()) {
      if (flow.isInternet()) {
        Naming naming = flow.naming();
        String key = naming.site() + " " + flow.clientIp() + " " + naming.evidence();
        rows.computeIfAbsent(key, k -> siteRow(flow));
        long[] sum = sums.computeIfAbsent(key, k -> new long[4]);
        for (int i = 0; i < sum.length; i++) {
          sum[i] += flow.counts()[i];
        }
      }
    }
    rows.forEach((key, row) -> putCounts(row, sums.getOrDefault(key, new long[4])));
    members.put("sites", new ArrayList<>(rows.values()));
    return this;
  }

  Truth with(String member, Object value) {
    members.put(member, value);
    return this;
  }

  byte[] toJson() {
    List<String> lines = new ArrayList<>();
    members.forEach((name, value) -> lines.add("  " + json(name) + ": " + memberJson(value)));
    String text = "{\n" + String.join(",\n", lines) + "\n}\n";
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String memberJson(Object value) {
    if (!(value instanceof List<?> rows) || rows.isEmpty()) {
      return json(value);
    }
    List<String> lines = new ArrayList<>();
    rows.forEach(row -> lines.add("    " + json(row)));
    return "[\n" + String.join(",\n", lines) + "\n  ]";
  }

  private static Map<String, @Nullable Object> siteRow(ExpectedFlow flow) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("site", flow.naming().site());
    row.put("client_ip", flow.clientIp());
    row.put("evidence", flow.naming().evidence());
    return row;
  }

  private static void putCounts(Map<String, @Nullable Object> row, long[] counts) {
    row.put("up_packets", counts[0]);
    row.put("up_bytes", counts[1]);
    row.put("down_packets", counts[2]);
    row.put("down_bytes", counts[3]);
  }

  private static List<Map<String, Object>> ledger(Trace trace) {
    List<Map<String, Object>> rows = new ArrayList<>();
    trace
        .ledger()
        .forEach(
            (name, sums) -> {
              Map<String, Object> row = new LinkedHashMap<>();
              row.put("class", name);
              row.put("packets", sums[0]);
              row.put("bytes", sums[1]);
              rows.add(row);
            });
    return rows;
  }

  private static String micros(Packet packet) {
    Instant time = Instant.ofEpochSecond(0, packet.time());
    return time.truncatedTo(ChronoUnit.MICROS).toString();
  }

  private static String json(@Nullable Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
