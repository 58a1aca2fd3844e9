package imon.dns;

import imon.bench.Check;
import imon.bench.Counted;
import imon.name.NameTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Address;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Queries, and their answers: an alias and two addresses each. */
@State(Scope.Benchmark)
public class DnsMessageBenchmark {
  private static final int NAMES = 512;

  private final DnsMessage message = new DnsMessage(new NameTable());
  private final List<byte[]> messages = new ArrayList<>();

  @Setup
  public void make() throws IOException {
    for (int i = 0; i < NAMES; i++) {
      Name asked = Name.fromString("www.site" + i + ".example.");
      Record question = Record.newRecord(asked, Type.A, DClass.IN);
      messages.add(Message.newQuery(question).toWire());
      messages.add(answer(asked, question));
    }
  }

  private static byte[] answer(Name asked, Record question) throws IOException {
    Name canonical = Name.fromString("e17.edge.content.example.");
    Message answer = Message.newQuery(question);
    answer.getHeader().setFlag(Flags.QR);
    answer.addRecord(new CNAMERecord(asked, DClass.IN, 300, canonical), Section.ANSWER);
    for (String address : List.of("203.0.113.1", "203.0.113.2")) {
      answer.addRecord(
          new ARecord(canonical, DClass.IN, 60, Address.getByAddress(address)), Section.ANSWER);
    }
    return answer.toWire();
  }

  @Benchmark
  public void read(Counted.Messages counted) {
    long addresses = 0;
    for (byte[] bytes : messages) {
      message.wrap(bytes, 0, bytes.length);
      addresses += message.addressCount();
    }
    Check.same("addresses", 2 * NAMES, addresses);
    counted.messages += messages.size();
  }
}
