package imon.live.device;

import com.sun.jna.Pointer;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import org.pcap4j.core.BpfProgram.BpfCompileMode;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapHandle.BlockingMode;
import org.pcap4j.core.PcapHandle.TimestampPrecision;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.PcapNetworkInterface.PromiscuousMode;
import org.pcap4j.core.PcapStat;

/**
 * Packets of a device by libpcap. Libpcap itself writes them as records into the buffer, a batch of
 * packets by each call, and the file header too, so that link types are LINKTYPE values.
 */
public final class LiveSource implements PacketSource {
  /** A record's header: seconds, fraction, captured and original length. */
  private static final int RECORD_HEADER_LENGTH = 16;

  /** What pcap4j puts before libpcap's reason. */
  private static final String COMPILING = "Error occurred in pcap_compile: ";

  /** How long the kernel may gather packets before it hands them over. */
  private static final int GATHER_MILLIS = 100;

  private static final long UNSIGNED = 0xffff_ffffL;

  private final String device;
  private final int largestRecord;
  private final ByteBuffer records;
  private final PcapHandle handle;
  private final long pointer;
  private final int descriptor;
  private final MemoryStream stream;
  private final byte[] fileHeader = new byte[FILE_HEADER_LENGTH];

  private LiveSource(DeviceOptions options, ByteBuffer records, PcapHandle handle)
      throws IOException {
    this.records = records;
    this.handle = handle;
    device = options.device();
    largestRecord = largestRecord(options);
    pointer = Pointer.nativeValue((Pointer) PcapPointer.FIELD.get(handle));
    descriptor = NativePcap.pcap_get_selectable_fd(pointer);
    stream = new MemoryStream(records);
    NativePcap.pcap_dump_fopen(pointer, stream.pointer());
    if (stream.position() != FILE_HEADER_LENGTH) {
      stream.close();
      throw new IOException(device + ": its link type has no place in a pcap file");
    }
    records.get(0, fileHeader);
  }

  /** What opens this device, now and whenever it was lost. */
  public static Opener opener(DeviceOptions options) {
    return new Opener() {
      @Override
      public PacketSource open(ByteBuffer records) throws IOException {
        return LiveSource.open(options, records);
      }

      @Override
      public int largestRecord() {
        return LiveSource.largestRecord(options);
      }

      @Override
      public String name() {
        return options.device();
      }
    };
  }

  private static int largestRecord(DeviceOptions options) {
    return RECORD_HEADER_LENGTH + options.snapLength();
  }

  private static LiveSource open(DeviceOptions options, ByteBuffer records) throws IOException {
    try {
      PcapHandle handle = activate(options);
      try {
        handle.setBlockingMode(BlockingMode.NONBLOCKING);
        setFilter(handle, options.filter());
        return new LiveSource(options, records, handle);
      } catch (IOException | NotOpenException | PcapNativeException | RuntimeException e) {
        handle.close();
        throw e;
      }
    } catch (PcapNativeException | NotOpenException e) {
      throw OpenFailure.of(options.device(), e);
    } catch (LinkageError e) {
      throw OpenFailure.withoutLibrary(e);
    }
  }

  private static PcapHandle activate(DeviceOptions options) throws PcapNativeException {
    if (!options.nanoseconds()) {
      return builder(options).build();
    }
    try {
      return builder(options).timestampPrecision(TimestampPrecision.NANO).build();
    } catch (PcapNativeException e) {
      // Not every device has nanoseconds; if that is not why, this fails again.
      return builder(options).build();
    }
  }

  private static PcapHandle.Builder builder(DeviceOptions options) {
    return new PcapHandle.Builder(options.device())
        .snaplen(options.snapLength())
        .bufferSize(options.bufferBytes())
        .promiscuousMode(
            options.promiscuous() ? PromiscuousMode.PROMISCUOUS : PromiscuousMode.NONPROMISCUOUS)
        .immediateMode(options.immediate())
        .timeoutMillis(GATHER_MILLIS);
  }

  private static void setFilter(PcapHandle handle, String filter)
      throws NotOpenException, PcapNativeException {
    if (filter.isEmpty()) {
      return;
    }
    try {
      handle.setFilter(filter, BpfCompileMode.OPTIMIZE);
    } catch (PcapNativeException e) {
      String reason = String.valueOf(e.getMessage()).replace(COMPILING, "");
      throw new IllegalArgumentException("--filter '" + filter + "': " + reason, e);
    }
  }

  @Override
  public byte[] fileHeader() {
    return fileHeader.clone();
  }

  @Override
  public int read(int waitMillis) throws IOException {
    int packets = dispatch();
    if (packets == 0 && waitMillis > 0) {
      stream.await(descriptor, waitMillis);
      packets = dispatch();
    }
    return packets;
  }

  private int dispatch() throws IOException {
    int most = records.remaining() / largestRecord;
    if (most == 0) {
      return 0;
    }
    stream.seek(records.position());
    int packets = NativePcap.pcap_dispatch(pointer, most, NativePcap.DUMP, stream.pointer());
    records.position(stream.position());
    if (packets < 0) {
      throw new IOException(error());
    }
    return packets;
  }

  private String error() {
    try {
      return handle.getError();
    } catch (NotOpenException e) {
      return "closed";
    }
  }

  @Override
  public boolean isUp() {
    return DeviceFlags.isUp(descriptor, device);
  }

  @Override
  public Counters counters() throws IOException {
    try {
      PcapStat stat = handle.getStats();
      return new Counters(
          stat.getNumPacketsReceived() & UNSIGNED,
          stat.getNumPacketsDropped() & UNSIGNED,
          stat.getNumPacketsDroppedByIf() & UNSIGNED);
    } catch (PcapNativeException | NotOpenException e) {
      throw new IOException(device + ": no statistics: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    stream.close();
    handle.close();
  }

  /** Where pcap4j keeps libpcap's handle; it has no accessor for it. */
  private static final class PcapPointer {
    static final VarHandle FIELD = find();

    private static VarHandle find() {
      try {
        return MethodHandles.privateLookupIn(PcapHandle.class, MethodHandles.lookup())
            .findVarHandle(PcapHandle.class, "handle", Pointer.class);
      } catch (ReflectiveOperationException e) {
        throw new LinkageError("this pcap4j keeps its handle elsewhere", e);
      }
    }
  }
}
