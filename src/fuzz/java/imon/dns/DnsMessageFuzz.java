package imon.dns;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import imon.fuzz.Seeds;
import imon.fuzz.Slices;
import imon.name.NameTable;
import java.io.IOException;
import java.util.Collection;
import java.util.StringJoiner;
import org.junit.jupiter.params.provider.MethodSource;

/** DNS, multicast DNS and LLMNR messages. */
class DnsMessageFuzz {
  private final DnsMessage message = new DnsMessage(new NameTable());

  static Collection<byte[]> seeds() throws IOException {
    return Seeds.datagrams();
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "1m")
  void aMessageIsReadWithinItsBytes(byte[] input) {
    Slices.readAnywhere(input, this::read);
  }

  private String read(byte[] buffer, int offset, int limit) {
    StringJoiner said = new StringJoiner(" ");
    said.add(String.valueOf(message.wrap(buffer, offset, limit)));
    said.add(message.fault() + " " + message.id() + " " + message.questionHash());
    said.add(message.questionName() + " " + message.questionType() + " " + message.questionClass());
    assertTrue(message.addressCount() <= Answers.MAX_ADDRESSES, "addresses");
    for (int i = 0; i < message.addressCount(); i++) {
      assertTrue(message.ttl(i) >= 0, "time to live");
      said.add(message.askedName(i) + " " + message.canonicalName(i) + " " + message.kind(i));
      said.add(message.addressHigh(i) + " " + message.addressLow(i) + " " + message.ttl(i));
    }
    assertTrue(message.echCount() <= Answers.MAX_PUBLIC_NAMES, "public names");
    for (int i = 0; i < message.echCount(); i++) {
      said.add(message.echAskedName(i) + " " + message.echPublicName(i) + " " + message.echTtl(i));
    }
    say(message.reverseAnswers(), said);
    say(message.devices(), said);
    return said.toString();
  }

  private static void say(NamedAddresses names, StringJoiner said) {
    assertTrue(names.count() <= NamedAddresses.MAX, "named addresses");
    for (int i = 0; i < names.count(); i++) {
      said.add(names.name(i) + " " + names.high(i) + " " + names.low(i));
      said.add(names.ttl(i) + " " + names.seenBy(i));
    }
  }
}
