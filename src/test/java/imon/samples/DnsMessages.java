package imon.samples;

import com.google.common.net.InetAddresses;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.HTTPSRecord;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.SVCBBase;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** DNS queries and answers; names are in presentation form without the final dot. */
final class DnsMessages {
  private static final int EDNS_PAYLOAD = 1232;

  private DnsMessages() {}

  /** A query as stub resolvers send it, with EDNS. {@code type} is one of dnsjava's types. */
  static byte[] query(int id, String name, int type) {
    Message message = new Message(id);
    message.getHeader().setFlag(Flags.RD);
    message.addRecord(Record.newRecord(name(name), type, DClass.IN), Section.QUESTION);
    message.addRecord(new OPTRecord(EDNS_PAYLOAD, 0, 0), Section.ADDITIONAL);
    return message.toWire();
  }

  static Answer answer(int id, String name, int type) {
    return new Answer(id, name, type);
  }

  /** A query that asks two things at once, which the format allows. */
  static byte[] doubleQuery(int id, String first, String second, int type) {
    Message message = new Message(id);
    message.getHeader().setFlag(Flags.RD);
    message.addRecord(Record.newRecord(name(first), type, DClass.IN), Section.QUESTION);
    message.addRecord(Record.newRecord(name(second), type, DClass.IN), Section.QUESTION);
    return message.toWire();
  }

  /** A query as LLMNR and multicast DNS have it (RFC 4795, RFC 6762): no flag, no EDNS. */
  static byte[] linkQuery(int id, String name, int type) {
    Message message = new Message(id);
    message.addRecord(Record.newRecord(name(name), type, DClass.IN), Section.QUESTION);
    return message.toWire();
  }

  /** The records of a device about itself, as multicast DNS answers: without a question. */
  static Answer announcement() {
    Message message = new Message(0);
    message.getHeader().setFlag(Flags.QR);
    message.getHeader().setFlag(Flags.AA);
    return new Answer(message);
  }

  /** The name under which an address is asked for in reverse. */
  static String reverseName(InetAddress address) {
    return ReverseMap.fromAddress(address).toString(true);
  }

  /** A multicast query for instances of a service (RFC 6762). */
  static byte[] serviceQuery(String service) {
    Message message = new Message(0);
    message.addRecord(Record.newRecord(name(service), Type.PTR, DClass.IN), Section.QUESTION);
    return message.toWire();
  }

  /** A multicast answer that names one instance of a service, and no address. */
  static byte[] serviceAnswer(String service, String instance) {
    Message message = new Message(0);
    message.getHeader().setFlag(Flags.QR);
    message.getHeader().setFlag(Flags.AA);
    message.addRecord(
        new PTRRecord(name(service), DClass.IN, 4500, name(instance)), Section.ANSWER);
    return message.toWire();
  }

  private static Name name(String text) {
    try {
      return Name.fromString(text, Name.root);
    } catch (TextParseException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  /** An answer under construction; records stand in it in the order of the calls. */
  static final class Answer {
    private final Message message;
    private int section = Section.ANSWER;

    private Answer(Message message) {
      this.message = message;
    }

    private Answer(int id, String name, int type) {
      message = new Message(id);
      message.getHeader().setFlag(Flags.QR);
      message.getHeader().setFlag(Flags.RD);
      message.getHeader().setFlag(Flags.RA);
      message.addRecord(Record.newRecord(name(name), type, DClass.IN), Section.QUESTION);
    }

    /** One more question, as in the query that is answered. */
    Answer question(String name, int type) {
      message.addRecord(Record.newRecord(name(name), type, DClass.IN), Section.QUESTION);
      return this;
    }

    /** Says that the message was too long for its transport. */
    Answer truncated() {
      message.getHeader().setFlag(Flags.TC);
      return this;
    }

    /** With EDNS, as an answer to a query that had it. */
    Answer edns() {
      message.addRecord(new OPTRecord(EDNS_PAYLOAD, 0, 0), Section.ADDITIONAL);
      return this;
    }

    Answer alias(String owner, long ttl, String target) {
      return add(new CNAMERecord(name(owner), DClass.IN, ttl, name(target)));
    }

    /** An A or AAAA record, as the address demands. */
    Answer address(String owner, long ttl, InetAddress address) {
      return add(
          address instanceof Inet4Address
              ? new ARecord(name(owner), DClass.IN, ttl, address)
              : new AAAARecord(name(owner), DClass.IN, ttl, address));
    }

    /** What follows is additional. */
    Answer additionally() {
      section = Section.ADDITIONAL;
      return this;
    }

    /** Who knows more about a name: a referral. */
    Answer nameServer(String owner, String host) {
      message.addRecord(new NSRecord(name(owner), DClass.IN, 3600, name(host)), Section.AUTHORITY);
      return this;
    }

    /** Who takes mail for a domain. */
    Answer mailServer(String domain, String host) {
      return add(new MXRecord(name(domain), DClass.IN, 3600, 10, name(host)));
    }

    /** One instance of a service (RFC 6763, section 4.1). */
    Answer instance(String service, String instance) {
      return add(new PTRRecord(name(service), DClass.IN, 3600, name(instance)));
    }

    /** Where a service (RFC 2782) or an instance of one (RFC 6763, section 5) is. */
    Answer service(String instance, int port, String host) {
      return add(new SRVRecord(name(instance), DClass.IN, 120, 0, 0, port, name(host)));
    }

    /** A reverse answer (RFC 1035, section 3.5; RFC 3596, section 2.5). */
    Answer reverse(InetAddress address, long ttl, String host) {
      return add(new PTRRecord(ReverseMap.fromAddress(address), DClass.IN, ttl, name(host)));
    }

    /** An HTTPS record with an ECH configuration (RFC 9848). */
    Answer encryptedHello(String owner, long ttl, byte[] configurations) {
      List<SVCBBase.ParameterBase> parameters =
          List.of(alpn(), new SVCBBase.ParameterEch(configurations));
      return add(new HTTPSRecord(name(owner), DClass.IN, ttl, 1, Name.root, parameters));
    }

    /** An HTTPS record in service mode (RFC 9460) with ALPN and address hints. */
    Answer serviceHints(String owner, long ttl, String... hints) {
      List<SVCBBase.ParameterBase> parameters = new ArrayList<>();
      List<Inet4Address> v4 = new ArrayList<>();
      List<Inet6Address> v6 = new ArrayList<>();
      for (String hint : hints) {
        InetAddress address = InetAddresses.forString(hint);
        if (address instanceof Inet4Address four) {
          v4.add(four);
        } else if (address instanceof Inet6Address six) {
          v6.add(six);
        }
      }
      parameters.add(alpn());
      if (!v4.isEmpty()) {
        parameters.add(new SVCBBase.ParameterIpv4Hint(v4));
      }
      if (!v6.isEmpty()) {
        parameters.add(new SVCBBase.ParameterIpv6Hint(v6));
      }
      return add(new HTTPSRecord(name(owner), DClass.IN, ttl, 1, Name.root, parameters));
    }

    byte[] toWire() {
      return message.toWire();
    }

    private Answer add(Record answer) {
      message.addRecord(answer, section);
      return this;
    }

    private static SVCBBase.ParameterAlpn alpn() {
      try {
        return new SVCBBase.ParameterAlpn(List.of("h2", "h3"));
      } catch (TextParseException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
