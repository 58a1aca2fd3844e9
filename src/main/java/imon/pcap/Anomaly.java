package imon.pcap;

import java.util.Locale;

/** What is wrong with single packets or records. Anomalies are counted and reported, not thrown. */
public enum Anomaly {
  /** The original length is above 256 KiB or below the captured length; the latter counts. */
  IMPOSSIBLE_ORIGINAL_LENGTH,
  /** The time is before 1970 or after 2199 and was clamped. */
  TIME_OUT_OF_RANGE,
  /** The record has no time (pcapng Simple Packet Block) and was given its predecessor's. */
  PACKET_WITHOUT_TIME,
  /** A pcapng option list runs over its block, or an option has the wrong length. */
  BROKEN_OPTION;

  private final String label = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The kind in kebab-case, as reports and the store show it. */
  public String label() {
    return label;
  }
}
