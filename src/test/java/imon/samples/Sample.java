package imon.samples;

/** A capture to be written: its file, what it shows, and the truth about it. */
final class Sample {
  private final String file;
  private final String shows;
  private final byte[] bytes;
  private final long packets;
  private final Truth truth;

  Sample(String file, String shows, byte[] bytes, long packets, Truth truth) {
    this.file = file;
    this.shows = shows;
    this.bytes = bytes;
    this.packets = packets;
    this.truth = truth;
  }

  /** A microsecond pcap file with all packets of a scene, and the whole truth. */
  static Sample pcap(String file, String shows, int linkType, Trace trace) {
    byte[] bytes = new PcapWriter(linkType).write(trace.packets());
    return of(file, shows, bytes, trace);
  }

  /** A file that holds all packets of a scene, and the whole truth. */
  static Sample of(String file, String shows, byte[] bytes, Trace trace) {
    return new Sample(file, shows, bytes, trace.packetCount(), Truth.of(trace));
  }

  String file() {
    return file;
  }

  /** One sentence for the list of samples. */
  String shows() {
    return shows;
  }

  byte[] bytes() {
    return bytes.clone();
  }

  /** How many whole packets the file holds. */
  long packets() {
    return packets;
  }

  Truth truth() {
    return truth;
  }

  /** The name of the truth's file: that of the capture without its endings. */
  String truthFile() {
    return file.replaceFirst("\\.pcap.*$", "") + ".truth.json";
  }
}
