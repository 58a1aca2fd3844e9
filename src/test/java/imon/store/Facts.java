package imon.store;

import com.google.common.net.InetAddresses;
import imon.flow.option.FactOptions;
import imon.flow.option.LocalNetworks;
import imon.flow.row.RowSink;
import imon.flow.row.RowType;
import imon.flow.row.RowType.Column;
import imon.flow.row.RowWriter;
import imon.flow.row.Rows;
import imon.name.AddressNames;
import imon.name.Evidence;
import imon.pcap.AnomalyCounts;
import imon.pcap.CaptureSummary;
import imon.pcap.CaptureSummary.Status;
import imon.store.ask.Questions;
import imon.store.ask.Selection;
import imon.wire.Addresses;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;

/** A staging database filled by hand, fact by fact, through the loader. */
final class Facts implements AutoCloseable {
  static final long SECOND = 1_000_000_000L;

  /** When every capture begins; a whole minute. */
  static final long START = 1_700_000_040L * SECOND;

  /** Long after the first seconds of a capture, in which all answers count. */
  static final long LATER = START + 100_000 * SECOND;

  final Staging staging;
  private int capture;
  private int lastCapture;
  private int first = 1;
  private String source = "";
  private FactOptions options = FactOptions.DEFAULT;
  private RowWriter rows = new RowWriter(new Loading());
  private final List<StoreException> failures = new ArrayList<>();

  /** Loads batches as they come. */
  private final class Loading implements RowSink {
    @Override
    public void accept(Rows batch) {
      try {
        staging.load(capture, batch);
      } catch (StoreException e) {
        failures.add(e);
      }
    }

    @Override
    public Rows empty(RowType type) {
      return new Rows(type);
    }
  }

  Facts() throws StoreException {
    staging = Staging.open();
  }

  /** One for all tests of a class, which begin with {@link #anew} each. */
  static Facts open() {
    try {
      return new Facts();
    } catch (StoreException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What follows is of another capture, of this network. */
  Facts capture(String newSource) {
    capture = ++lastCapture;
    source = newSource;
    rows = new RowWriter(new Loading());
    return this;
  }

  /** The same, of the capture that has this place in a test whatever is filled in before it. */
  Facts capture(String newSource, int place) {
    capture(newSource);
    first = capture - place;
    return this;
  }

  int number() {
    return capture;
  }

  /** Forgets all captures, and begins the first of a new test; known names keep their ids. */
  Facts anew() throws StoreException {
    for (String table : Schema.FACTS_OF_CAPTURES) {
      staging.database().execute("DELETE FROM fact." + table);
    }
    for (String table : Schema.DERIVED_OF_CAPTURES) {
      staging.database().execute("DELETE FROM fact." + table);
    }
    staging.database().execute("DELETE FROM fact.hosts_name");
    staging.database().execute("DELETE FROM fact.reverse");
    failures.clear();
    capture("");
    first = capture;
    return this;
  }

  /** Writes a row; a column that is not named is 0 or no name. */
  Facts row(RowType type, Map<String, Object> cells) {
    Rows row = rows.begin(type);
    for (Column column : type.columns()) {
      Object cell = cells.get(column.name());
      switch (column.kind()) {
        case NUMBER -> row.number(cell == null ? 0 : ((Number) cell).longValue());
        case ADDRESS -> address(row, String.valueOf(cell));
        case NAME, TEXT -> row.name((String) cell);
      }
    }
    row.end();
    return this;
  }

  private static void address(Rows row, String text) {
    long[] words = words(text);
    row.address(words[0], words[1]);
  }

  /** High and low word of an address. */
  static long[] words(String address) {
    ByteBuffer bytes = ByteBuffer.wrap(InetAddresses.forString(address).getAddress());
    return bytes.capacity() == 4
        ? new long[] {0, Addresses.mapped(bytes.getInt())}
        : new long[] {bytes.getLong(), bytes.getLong()};
  }

  /** A TCP flow to port 443 with one packet each way, of a third and two thirds of the bytes. */
  Facts flow(long packet, long time, String client, String server, long bytes) {
    long[] a = words(client);
    long[] b = words(server);
    return row(
        RowType.FLOW,
        Map.ofEntries(
            Map.entry("packet", packet),
            Map.entry("start_time", time),
            Map.entry("end_time", time + SECOND),
            Map.entry("protocol", 6),
            Map.entry("client", client),
            Map.entry("client_port", 50_000 + packet % 10_000),
            Map.entry("server", server),
            Map.entry("server_port", 443),
            Map.entry("up_packets", 1),
            Map.entry("up_bytes", bytes / 3),
            Map.entry("down_packets", 1),
            Map.entry("down_bytes", bytes - bytes / 3),
            Map.entry("scope", LocalNetworks.PRIVATE.scope(a[0], a[1], b[0], b[1]).ordinal())));
  }

  Facts flow(long packet, long time, String client, String server) {
    return flow(packet, time, client, server, 300);
  }

  /** An answer of 60 s that was asked for, or not. */
  Facts answer(long packet, long time, String client, String name, String address, boolean asked) {
    return answer(packet, time, client, name, address, 60, asked);
  }

  private Facts answer(
      long packet, long time, String client, String name, String address, int ttl, boolean asked) {
    return row(
        RowType.ANSWER,
        Map.of(
            "seen_packet", packet,
            "seen_time", time,
            "client", client,
            "name", name,
            "canonical", name,
            "address", address,
            "ttl", ttl,
            "asked", asked ? 1 : 0));
  }

  /** An answer of so many seconds that was asked for. */
  Facts answer(long packet, long time, String client, String name, String address, int ttl) {
    return answer(packet, time, client, name, address, ttl, true);
  }

  Facts answer(long packet, long time, String client, String name, String address) {
    return answer(packet, time, client, name, address, true);
  }

  Facts querier(String client) {
    return row(RowType.QUERIER, Map.of("client", client));
  }

  Facts evidence(long flow, Evidence kind, String host, long seenPacket) {
    return row(
        RowType.EVIDENCE,
        Map.of(
            "packet", flow,
            "kind", kind.code(),
            "host", host,
            "seen_packet", seenPacket,
            "seen_time", LATER + seenPacket));
  }

  /** Names that the capture's file gives, each as {@code ADDRESS NAME}. */
  Facts given(String... lines) throws StoreException {
    staging.load(capture, names(lines));
    return this;
  }

  /**
   * Names from outside the captures, each as {@code ADDRESS NAME}, the best of an address first.
   */
  static AddressNames names(String... lines) {
    AddressNames names = new AddressNames();
    for (String line : lines) {
      String[] words = line.split(" ", -1);
      long[] address = words(words[0]);
      names.add(address[0], address[1], words[1]);
    }
    return names;
  }

  /** Loads what was written; the capture goes on. */
  Facts loaded() throws StoreException {
    rows.flush();
    if (!failures.isEmpty()) {
      throw failures.get(0);
    }
    return this;
  }

  /** What follows is of an earlier capture, which is not whole yet. */
  Facts resume(int earlier) {
    capture = earlier;
    return this;
  }

  /** The capture, and those that begin later, were taken in with these options. */
  Facts options(FactOptions asked) {
    options = asked;
    return this;
  }

  /** Writes what a capture holds. */
  interface Filling {
    void fill(Facts facts) throws StoreException;
  }

  /** A store of one capture. */
  static StoreFile store(Path path, Filling filling) throws StoreException {
    StoreFile store = new StoreFile(path);
    try (Facts facts = new Facts().capture("")) {
      store.prepare(facts.staging);
      filling.fill(facts);
      facts.keepIn(store);
    }
    return store;
  }

  /** The capture is whole; a store keeps it and names its flows. */
  void keepIn(StoreFile store) throws StoreException {
    end();
    store.keep(staging);
    store.correlate(staging);
  }

  /** The capture is whole. */
  Facts end() throws StoreException {
    loaded();
    staging.finish(
        capture,
        new CaptureFacts(
            "day" + (capture - first + 1) + ".pcap",
            source,
            options,
            summary(),
            new AnomalyCounts()));
    return this;
  }

  /** Fingerprint of the capture at hand; the same for the captures of the same place in a test. */
  String fingerprint() {
    return "%016x%016x".formatted(0xabc0 + capture - first, 0);
  }

  private CaptureSummary summary() {
    return new CaptureSummary(
        "pcap",
        new TreeSet<>(List.of(1)),
        1000,
        10,
        3000,
        OptionalLong.of(START),
        OptionalLong.of(LATER),
        OptionalLong.empty(),
        Status.OK,
        null,
        fingerprint(),
        new AnomalyCounts());
  }

  /** Names all flows, and answers for them. */
  Questions questions(boolean localSites) throws StoreException {
    staging.correlate();
    return Questions.ofCaptures(staging.database(), Selection.all(localSites));
  }

  /** The first column of an answer to SQL, as text. */
  List<String> ask(String sql) throws StoreException {
    return staging.database().query(row -> String.valueOf(row.getString(1)), sql);
  }

  /**
   * Names all flows: capture (the test's first is 1), packet, kind and host of each that has a
   * name.
   */
  List<String> names() throws StoreException {
    staging.correlate();
    return ask(
        """
        SELECT concat_ws(' ', n.capture - %d, n.packet, k.label, h.name)
        FROM fact.naming n JOIN fact.evidence_kind k USING (kind) JOIN fact.host h USING (host)
        ORDER BY n.capture, n.packet
        """
            .formatted(first - 1));
  }

  /** After {@link #names}: packet and host of every candidate. */
  List<String> candidates() throws StoreException {
    return ask(
        """
        SELECT concat_ws(' ', c.packet, h.name) FROM fact.candidate c JOIN fact.host h USING (host)
        ORDER BY c.capture, c.packet, h.name
        """);
  }

  @Override
  public void close() throws StoreException {
    staging.close();
  }
}
