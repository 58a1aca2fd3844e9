package imon.live.device;

import imon.wire.Addresses;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.pcap4j.core.PcapAddress;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.PcapNetworkInterface;
import org.pcap4j.core.Pcaps;

/** The devices that libpcap finds on this machine. */
public final class Devices {
  private static final int SNAP_LENGTH = 64;
  private static final int BUFFER_BYTES = 1 << 18;
  private static final int LINK_TYPE = 20; // in the file header

  private Devices() {}

  /**
   * Lists them in libpcap's order: those that are up come first. Each is opened for a moment, to
   * learn its link type.
   */
  public static List<Device> list() throws IOException {
    try {
      return Pcaps.findAllDevs().stream().map(Devices::describe).toList();
    } catch (PcapNativeException e) {
      throw OpenFailure.of("devices", e);
    } catch (LinkageError e) {
      throw OpenFailure.withoutLibrary(e);
    }
  }

  private static Device describe(PcapNetworkInterface found) {
    String description = Objects.requireNonNullElse(found.getDescription(), "");
    return new Device(
        found.getName(), state(found), linkType(found.getName()), addresses(found), description);
  }

  private static String state(PcapNetworkInterface found) {
    if (!found.isUp()) {
      return "down";
    }
    return found.isRunning() ? "up" : "no carrier";
  }

  private static OptionalInt linkType(String name) {
    DeviceOptions options =
        new DeviceOptions(name, "", SNAP_LENGTH, BUFFER_BYTES, false, false, false);
    ByteBuffer records = ByteBuffer.allocateDirect(1 << 12).order(ByteOrder.nativeOrder());
    try (PacketSource source = LiveSource.opener(options).open(records)) {
      ByteBuffer header = ByteBuffer.wrap(source.fileHeader()).order(ByteOrder.nativeOrder());
      return OptionalInt.of(header.getInt(LINK_TYPE) & 0xffff);
    } catch (IOException e) {
      return OptionalInt.empty();
    }
  }

  private static List<String> addresses(PcapNetworkInterface found) {
    List<String> addresses = new ArrayList<>();
    for (PcapAddress address : found.getAddresses()) {
      InetAddress ip = address.getAddress();
      if (ip != null) {
        addresses.add(text(ip));
      }
    }
    return addresses;
  }

  private static String text(InetAddress ip) {
    ByteBuffer bytes = ByteBuffer.wrap(ip.getAddress());
    return bytes.remaining() == Integer.BYTES
        ? Addresses.text(0, Addresses.mapped(bytes.getInt()))
        : Addresses.text(bytes.getLong(), bytes.getLong());
  }
}
