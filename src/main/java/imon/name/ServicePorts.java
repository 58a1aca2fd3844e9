package imon.name;

import imon.wire.IpProtocol;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;

/** The short table of services by port: who listens where, and what it is called. */
public final class ServicePorts {
  /** Below this, a port is a service's whether it is in the table or not (RFC 6335, section 6). */
  private static final int SYSTEM_PORTS = 1024;

  private static final List<Entry> ALL = load();
  private static final BitSet TCP = ports(IpProtocol.TCP);
  private static final BitSet UDP = ports(IpProtocol.UDP);

  private ServicePorts() {}

  /** One service: protocol number, port, and its name. */
  public record Entry(int protocol, int port, String name) {}

  /** All entries of the table. */
  public static List<Entry> all() {
    return ALL;
  }

  /** Whether a service, and not a client, is to be expected at this port. */
  public static boolean isService(int protocol, int port) {
    if (port < SYSTEM_PORTS) {
      return true;
    }
    return switch (protocol) {
      case IpProtocol.TCP -> TCP.get(port);
      case IpProtocol.UDP -> UDP.get(port);
      default -> false;
    };
  }

  private static BitSet ports(int protocol) {
    BitSet ports = new BitSet(1 << 16);
    ALL.stream().filter(s -> s.protocol == protocol).forEach(s -> ports.set(s.port));
    return ports;
  }

  private static List<Entry> load() {
    InputStream resource = ServicePorts.class.getResourceAsStream("service-ports.csv");
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(Objects.requireNonNull(resource), StandardCharsets.US_ASCII))) {
      return lines.lines().skip(1).map(ServicePorts::parse).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Entry parse(String line) {
    String[] cells = line.split(",", -1);
    int protocol = cells[0].equals("tcp") ? IpProtocol.TCP : IpProtocol.UDP;
    return new Entry(protocol, Integer.parseInt(cells[1]), cells[2]);
  }
}
