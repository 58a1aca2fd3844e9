package imon.pcap;

import imon.pcap.NotACaptureException.Reason;
import imon.pcap.input.CaptureBytes;
import imon.pcap.input.Compression;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The first bytes of a capture: enough to know its format and to be sure that its header is whole.
 * They belong to the records, too, and are handed on.
 */
final class CaptureHead {
  private static final int WINDOW_BYTES = 8 * 1024;
  private static final int MAGIC_BYTES = 4;
  private static final int SHOWN_BYTES = 8;

  private final CaptureBytes input;
  private final String name;
  private ByteBuffer window = ByteBuffer.allocate(WINDOW_BYTES);

  CaptureHead(CaptureBytes input, String name) {
    this.input = input;
    this.name = name;
  }

  /** Array that holds the first {@link #length} bytes of the input. */
  byte[] bytes() {
    return window.array();
  }

  int length() {
    return window.position();
  }

  /**
   * Reads the head and returns the stepper for what follows it.
   *
   * @throws NotACaptureException when there is no magic, or the header is cut or impossible
   * @throws IOException when the file cannot be read
   */
  RecordStepper recognise() throws IOException {
    input.fill(window);
    if (length() < MAGIC_BYTES) {
      throw noMagic();
    }
    int magic = window.getInt(0);
    PcapStepper.Variant variant = PcapStepper.Variant.of(magic);
    if (variant != null) {
      require(variant.fileHeaderLength);
      return new PcapStepper(variant, bytes());
    }
    if (magic == PcapngStepper.SECTION_HEADER) {
      requireSection();
      return new PcapngStepper();
    }
    throw noMagic();
  }

  private void requireSection() throws IOException {
    require(PcapngStepper.SECTION_HEADER_MINIMUM);
    window.order(ByteOrder.LITTLE_ENDIAN);
    if (window.getInt(8) != PcapngStepper.BYTE_ORDER_MAGIC) {
      window.order(ByteOrder.BIG_ENDIAN);
    }
    if (window.getInt(8) != PcapngStepper.BYTE_ORDER_MAGIC) {
      throw broken("pcapng header without a byte-order magic");
    }
    int length = window.getInt(4);
    if (length < PcapngStepper.SECTION_HEADER_MINIMUM
        || length > PcapngStepper.BLOCK_LIMIT
        || length % 4 != 0) {
      throw broken("impossible pcapng header length " + Integer.toUnsignedString(length));
    }
    require(length);
    if (window.getInt(length - 4) != length) {
      throw broken("pcapng header whose two lengths differ");
    }
  }

  /** Makes sure that the first {@code header} bytes are there. */
  private void require(int header) throws IOException {
    if (header > window.capacity()) {
      ByteBuffer larger = ByteBuffer.allocate(header).order(window.order());
      window = larger.put(window.flip());
      input.fill(window);
    }
    if (length() < header) {
      throw broken("header cut after " + length() + " of " + header + " bytes" + because());
    }
  }

  private IOException broken(String what) {
    return refusal(Reason.BROKEN_HEADER, what);
  }

  /** A file that the system cannot read is no capture either, but that is not its fault. */
  private IOException refusal(Reason reason, String what) {
    IOException fault = input.fault();
    if (fault != null && input.compression() == Compression.NONE) {
      return new IOException(name + ": " + fault.getMessage(), fault);
    }
    return new NotACaptureException(reason, name + ": " + what);
  }

  private IOException noMagic() {
    if (length() == 0 && input.fault() == null) {
      return refusal(Reason.NO_MAGIC, emptiness());
    }
    if (length() == 0 && input.endsEarly()) {
      String label = input.compression().label();
      return refusal(
          Reason.NO_MAGIC,
          "cut: its " + label + " data end before anything can be unpacked; get the whole file");
    }
    byte[] first = Arrays.copyOf(bytes(), Math.min(length(), SHOWN_BYTES));
    String shown =
        length() == 0 ? "" : "; first bytes " + HexFormat.ofDelimiter(" ").formatHex(first);
    return refusal(
        Reason.NO_MAGIC,
        "not a capture (no pcap or pcapng magic"
            + within()
            + shown
            + because()
            + "); imon reads pcap and pcapng, also packed by gzip, zstd, xz, lz4 or bzip2");
  }

  private String emptiness() {
    return input.compression() == Compression.NONE
        ? "empty file (0 bytes); nothing was captured into it"
        : "nothing" + within() + "; nothing was captured into it";
  }

  private String within() {
    boolean plain = input.compression() == Compression.NONE;
    return plain ? "" : " in the " + input.compression().label() + " data";
  }

  private String because() {
    IOException fault = input.fault();
    if (fault == null) {
      return "";
    }
    String packed = "; its " + input.compression().label() + " data ";
    return input.endsEarly()
        ? packed + "end early"
        : packed + "cannot be unpacked: " + fault.getMessage();
  }
}
