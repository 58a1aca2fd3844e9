package imon.flow;

import imon.decode.Packet;
import imon.flow.row.RowType;
import imon.flow.row.RowWriter;
import imon.flow.row.Scope;
import imon.flow.stream.Run;
import imon.name.Evidence;
import imon.name.Sites;
import imon.name.service.Service;
import imon.name.service.ServiceProbe;
import imon.name.service.Speaker;
import imon.tls.ServerCertificate;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes what names a flow, with the packet it was seen in, and notes what service it carries. */
final class Evidences {
  /** Sites of one certificate that are written; one of more is a content network's. */
  private static final int CERTIFICATE_SITES = 32;

  /** Hosts of certificates whose sites are remembered; most certificates are seen again. */
  private static final int SITES_KEPT = 1 << 12;

  /** In place of the site of a host that is of none. */
  private static final String NO_SITE = "";

  /** What the name of some host of a site begins with in a row. */
  private static final String ANY_HOST = "*.";

  private final FlowTable table;
  private final RowWriter rows;
  private final Map<String, String> sitesOfHosts = new HashMap<>();

  Evidences(FlowTable table, RowWriter rows) {
    this.table = table;
    this.rows = rows;
  }

  /** Writes a host, unless there is none. */
  void write(int slot, Evidence kind, @Nullable String host, Packet packet) {
    write(slot, kind, host, packet.number(), packet.time());
  }

  /** Writes the host of the run that a record counts, unless it has none. */
  void write(int slot, Run run) {
    write(slot, run.kind(), run.host(), run.seenPacket(), run.seenTime());
  }

  private void write(int slot, Evidence kind, @Nullable String host, long packet, long time) {
    if (host != null) {
      rows.begin(RowType.EVIDENCE)
          .number(table.get(slot, FlowTable.FIRST_PACKET))
          .number(kind.code())
          .name(host)
          .number(packet)
          .number(time)
          .end();
    }
  }

  /** Notes what the payload of a packet shows, as of the start of a stream. */
  void note(int slot, boolean fromA, Packet packet) {
    note(slot, fromA, packet, packet.buffer(), packet.payload(), packet.payloadLimit());
  }

  /**
   * Notes what {@code buffer[offset, limit)} shows, unless that was noted before: the service, and
   * whether its client or its server says it. A group of hosts is nobody's client.
   */
  void note(int slot, boolean fromA, Packet packet, byte[] buffer, int offset, int limit) {
    long state = table.state(slot);
    int protocol = packet.protocol();
    if (FlowState.service(state) == 0) {
      Service service = ServiceProbe.of(protocol, buffer, offset, limit);
      if (service != null) {
        state = FlowState.withService(state, service.code());
      }
    }
    if (!FlowState.isClientTold(state)) {
      Speaker speaker =
          Speaker.of(
              protocol, packet.sourcePort(), packet.destinationPort(), buffer, offset, limit);
      if (speaker == Speaker.CLIENT) {
        state = FlowState.withRequester(state, fromA);
      } else if (speaker == Speaker.SERVER) {
        state = withAnswerer(state, fromA, packet);
      }
    }
    table.setState(slot, state);
  }

  /** Notes that a packet answers the other side. */
  void noteAnswer(int slot, boolean fromA, Packet packet) {
    table.setState(slot, withAnswerer(table.state(slot), fromA, packet));
  }

  private static long withAnswerer(long state, boolean fromA, Packet packet) {
    boolean toGroup = Scope.isMulticast(packet.destinationHigh(), packet.destinationLow());
    return toGroup ? state : FlowState.withAnswerer(state, fromA);
  }

  /**
   * Writes the host of a certificate if it is for one only, else the sites of all its hosts. Those
   * that are of none are as if the certificate did not have them.
   */
  void write(int slot, ServerCertificate certificate, Packet packet) {
    Set<String> sites = new LinkedHashSet<>();
    int hosts = 0;
    int last = 0;
    for (int i = 0; i < certificate.nameCount() && sites.size() < CERTIFICATE_SITES; i++) {
      String site = site(certificate.name(i));
      if (!site.equals(NO_SITE)) {
        sites.add(site);
        hosts++;
        last = i;
      }
    }
    if (hosts == 1 && !certificate.isWildcard(last)) {
      write(slot, Evidence.CERTIFICATE, certificate.name(last), packet);
      return;
    }
    for (String site : sites) {
      write(slot, Evidence.CERTIFICATE, ANY_HOST + site, packet);
    }
  }

  private String site(String host) {
    if (sitesOfHosts.size() == SITES_KEPT) {
      sitesOfHosts.clear();
    }
    return sitesOfHosts.computeIfAbsent(
        host, absent -> Sites.isOfNone(absent) ? NO_SITE : Sites.siteOf(absent));
  }
}
