package imon.flow;

import imon.decode.Dealer;
import imon.flow.option.FactOptions;
import imon.flow.row.RowSink;
import imon.flow.row.RowType;
import imon.flow.row.RowType.Column;
import imon.flow.row.Rows;
import imon.name.NameTable;
import imon.pcap.AnomalyCounts;
import imon.pcap.Block;
import imon.pcap.CaptureReader;
import imon.samples.Tape;
import imon.wire.Addresses;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All rows that a capture is turned into, as text by column, and its anomalies. */
final class Tracked implements RowSink {
  private final Map<RowType, List<Map<String, String>>> rows = new EnumMap<>(RowType.class);
  private final AnomalyCounts anomalies = new AnomalyCounts();
  private final FactOptions options;

  private Tracked(FactOptions options) {
    this.options = options;
  }

  static Tracked of(Tape tape) throws IOException {
    return of(tape.pcap(), 1);
  }

  /** Deals a capture to so many workers, each of which reads it. */
  static Tracked of(byte[] capture, int workers) throws IOException {
    return of(capture, workers, FactOptions.DEFAULT);
  }

  /** The same with other options. */
  static Tracked of(byte[] capture, int workers, FactOptions options) throws IOException {
    return of(() -> new ByteArrayInputStream(capture), workers, options);
  }

  /** The same of a capture that is made anew for each worker. */
  static Tracked of(Supplier<InputStream> capture, int workers, FactOptions options)
      throws IOException {
    Tracked tracked = new Tracked(options);
    for (int worker = 0; worker < workers; worker++) {
      tracked.read(capture.get(), worker, workers);
    }
    return tracked;
  }

  private void read(InputStream capture, int worker, int workers) throws IOException {
    Dealer dealer = new Dealer(worker, workers, null);
    FlowTracker tracker = new FlowTracker(this, anomalies, new NameTable(), options);
    Block block = new Block();
    try (CaptureReader reader = CaptureReader.open(capture, "test")) {
      while (reader.read(block)) {
        tracker.accept(block, dealer);
      }
    }
    tracker.finish();
    if (worker == 0) {
      anomalies.merge(dealer.anomalies());
    }
  }

  @Override
  public Rows empty(RowType type) {
    return new Rows(type);
  }

  @Override
  public void accept(Rows batch) {
    List<Map<String, String>> all = rows.computeIfAbsent(batch.type(), t -> new ArrayList<>());
    for (int row = 0; row < batch.count(); row++) {
      Map<String, String> cells = new LinkedHashMap<>();
      List<Column> columns = batch.type().columns();
      for (int i = 0; i < columns.size(); i++) {
        cells.put(columns.get(i).name(), cell(batch, i, row));
      }
      all.add(cells);
    }
    batch.clear();
  }

  private static String cell(Rows batch, int column, int row) {
    return switch (batch.type().columns().get(column).kind()) {
      case NUMBER -> number(batch.word(column, row));
      case ADDRESS -> Addresses.text(batch.word(column, row), batch.lowWord(column, row));
      case NAME, TEXT -> String.valueOf(batch.text(column, row));
    };
  }

  private static String number(long word) {
    return word == Rows.NONE ? "-" : String.valueOf(word);
  }

  AnomalyCounts anomalies() {
    return anomalies;
  }

  /** The rows of a type, by their first column, which is a number. */
  List<Map<String, String>> rows(RowType type) {
    Comparator<Map<String, String>> byFirst =
        Comparator.comparingLong(row -> Long.parseLong(row.values().iterator().next()));
    return all(type).sorted(byFirst).toList();
  }

  private Stream<Map<String, String>> all(RowType type) {
    return rows.getOrDefault(type, List.of()).stream();
  }

  /** What one column of the rows of a type holds, each once, in no order. */
  Set<String> values(RowType type, String column) {
    return all(type).map(row -> row.getOrDefault(column, "")).collect(Collectors.toSet());
  }

  /** Some columns of the rows of a type, in the order of {@link #rows}; a dash is no number. */
  List<String> of(RowType type, String... columns) {
    return rows(type).stream()
        .map(row -> Stream.of(columns).map(row::get).collect(Collectors.joining(" ")))
        .toList();
  }

  /** A number of the only flow. */
  long ofOnlyFlow(String column) {
    List<String> values = of(RowType.FLOW, column);
    if (values.size() != 1) {
      throw new AssertionError("not one flow: " + rows(RowType.FLOW));
    }
    return Long.parseLong(values.get(0));
  }

  /** Every row as text, sorted; of what workers say each for itself, the sum. */
  List<String> facts() {
    List<String> facts = new ArrayList<>();
    for (RowType type : RowType.values()) {
      Stream<String> texts =
          switch (type) {
            case UNFLOWED -> unflowed();
            case QUERIER, LINK, DEVICE_NAME -> all(type).map(Map::toString).distinct();
            default -> all(type).map(Map::toString);
          };
      texts.map(text -> type + " " + text).sorted().forEach(facts::add);
    }
    return facts;
  }

  private Stream<String> unflowed() {
    Map<String, long[]> sums = new LinkedHashMap<>();
    all(RowType.UNFLOWED)
        .forEach(
            row -> {
              String key = row.get("minute") + " " + row.get("class");
              long[] sum = sums.computeIfAbsent(key, k -> new long[2]);
              sum[0] += Long.parseLong(row.get("packets"));
              sum[1] += Long.parseLong(row.get("bytes"));
            });
    return sums.entrySet().stream()
        .map(e -> e.getKey() + " " + e.getValue()[0] + " " + e.getValue()[1]);
  }
}
