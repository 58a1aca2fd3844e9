package imon.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.name.NameTable;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.HTTPSRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SVCBBase;
import org.xbill.DNS.Section;

/**
 * Messages made and read back by dnsjava, and what follows from its records, against our walker.
 */
class DnsMessageOracleTest {
  private static final int MESSAGES = 20_000;

  @Test
  void wellFormedResponsesResolveToWhatDnsjavaReads() throws IOException {
    RandomResponse responses = new RandomResponse(new Random(3));
    DnsMessage message = new DnsMessage(new NameTable());
    int addresses = 0;
    int aliased = 0;
    for (int i = 0; i < MESSAGES; i++) {
      byte[] wire = responses.next().toWire();
      Message read = new Message(wire);
      assertTrue(message.wrap(wire, 0, wire.length));
      assertEquals(Fault.NONE, message.fault());
      assertEquals(read.getHeader().getID(), message.id());
      assertEquals(host(read.getQuestion().getName()), message.questionName());
      assertEquals(read.getQuestion().getType(), message.questionType());
      assertEquals(expected(read), Described.addresses(message), read::toString);
      addresses += message.addressCount();
      for (int a = 0; a < message.addressCount(); a++) {
        aliased += message.askedName(a).equals(message.canonicalName(a)) ? 0 : 1;
      }
    }
    assertTrue(addresses > MESSAGES, "the messages hold addresses");
    assertTrue(aliased > MESSAGES / 2, "many of them behind aliases");
  }

  private static List<String> expected(Message message) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Record answer : message.getSection(Section.ANSWER)) {
      if (answer.getDClass() == DClass.IN) {
        addLines(lines, message, answer);
      }
    }
    String question = host(message.getQuestion().getName());
    lines.removeIf(line -> !line.split(" ", -1)[1].equals(question));
    return lines;
  }

  private static void addLines(List<String> lines, Message message, Record answer)
      throws IOException {
    Name owner = answer.getName();
    if (answer instanceof ARecord a) {
      lines.add(line("a", message, answer, owner, a.getAddress()));
    } else if (answer instanceof AAAARecord aaaa) {
      lines.add(line("aaaa", message, answer, owner, aaaa.getAddress()));
    } else if (answer instanceof HTTPSRecord https) {
      Name target = https.getTargetName().equals(Name.root) ? owner : https.getTargetName();
      for (InetAddress hint : hints(https)) {
        lines.add(line("hint", message, answer, target, hint));
      }
    }
  }

  private static List<InetAddress> hints(HTTPSRecord https) throws IOException {
    List<InetAddress> hints = new ArrayList<>();
    if (https.getSvcParamValue(HTTPSRecord.IPV4HINT) instanceof SVCBBase.ParameterIpv4Hint four) {
      hints.addAll(four.getAddresses());
    }
    if (https.getSvcParamValue(HTTPSRecord.IPV6HINT) instanceof SVCBBase.ParameterIpv6Hint six) {
      hints.addAll(six.getAddresses());
    }
    return hints;
  }

  private static String line(
      String kind, Message message, Record answer, Name canonical, InetAddress address) {
    Map<Name, CNAMERecord> aliasOf = new HashMap<>();
    for (Record record : message.getSection(Section.ANSWER)) {
      if (record instanceof CNAMERecord alias) {
        aliasOf.put(alias.getTarget(), alias);
      }
    }
    Name asked = answer.getName();
    long ttl = answer.getTTL();
    while (aliasOf.containsKey(asked)) {
      CNAMERecord alias = aliasOf.get(asked);
      ttl = Math.min(ttl, alias.getTTL());
      asked = alias.getName();
    }
    return String.join(
        " ", kind, host(asked), host(canonical), address.getHostAddress(), Long.toString(ttl));
  }

  private static String host(Name name) {
    return name.canonicalize().toString(true);
  }
}
