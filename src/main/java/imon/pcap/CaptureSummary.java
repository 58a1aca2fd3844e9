package imon.pcap;

import imon.pcap.identity.Fingerprint;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * What a capture was, once it has been read.
 *
 * @param format {@code pcap}, {@code pcap-ns}, {@code pcap-modified} or {@code pcapng}, with {@code
 *     +gzip}, {@code +zstd}, {@code +xz}, {@code +lz4} or {@code +bzip2} when compressed
 * @param linkTypes LINKTYPE_ values the file declares, also when no packet has them
 * @param fileBytes unpacked bytes up to the end of the last whole record
 * @param packets packets read
 * @param wireBytes their bytes on the wire
 * @param firstPacket earliest packet time, nanoseconds since 1970 UTC; empty without packets
 * @param lastPacket latest packet time, likewise
 * @param dropped packets that were lost while capturing; empty when the file does not say
 * @param status whether all of the file could be read
 * @param message why not, with offsets in the unpacked bytes, for one line after the file's name;
 *     null when the status is {@code OK}
 * @param fingerprint digest of the first {@code fileBytes} bytes, 32 hexadecimal digits; see {@link
 *     #within}
 * @param anomalies what the reader met in single records
 */
public record CaptureSummary(
    String format,
    SortedSet<Integer> linkTypes,
    long fileBytes,
    long packets,
    long wireBytes,
    OptionalLong firstPacket,
    OptionalLong lastPacket,
    OptionalLong dropped,
    Status status,
    @Nullable String message,
    String fingerprint,
    AnomalyCounts anomalies) {

  /** How far a capture could be read. */
  public enum Status {
    /** To its end. */
    OK,
    /** To its last whole record; the next one is incomplete, as while the file is written. */
    CUT,
    /** To a record or compressed data that cannot be; more bytes follow, unread. */
    DAMAGED;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** The status as reports and the store show it. */
    public String label() {
      return label;
    }
  }

  /**
   * The same, known by its network as well when it has no packets: such captures are alike
   * everywhere, and the quiet night of one network is not that of another.
   */
  public CaptureSummary within(String source) {
    if (packets > 0 || source.isEmpty()) {
      return this;
    }
    byte[] both = (fingerprint + source).getBytes(StandardCharsets.UTF_8);
    Fingerprint own = new Fingerprint();
    own.update(both, 0, both.length);
    return new CaptureSummary(
        format,
        linkTypes,
        fileBytes,
        packets,
        wireBytes,
        firstPacket,
        lastPacket,
        dropped,
        status,
        message,
        own.digest(),
        anomalies);
  }

  /** Names of the link types, in the order of their values. */
  public List<String> linkTypeNames() {
    return linkTypes.stream().map(LinkTypes::name).toList();
  }
}
