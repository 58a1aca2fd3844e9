package imon.dns;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.HTTPSRecord;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SVCBBase;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * A well-formed response by dnsjava: a chain of aliases in random case, addresses or HTTPS records
 * at its end, strangers among them, all answers shuffled.
 */
final class RandomResponse {
  private static final int MAX_CHAIN = 5;

  private final Random random;

  RandomResponse(Random random) {
    this.random = random;
  }

  Message next() {
    int[] types = {Type.A, Type.AAAA, Type.HTTPS, Type.ANY};
    int type = types[random.nextInt(types.length)];
    Name question = name("www.");
    Message message = new Message(random.nextInt(1 << 16));
    message.getHeader().setFlag(Flags.QR);
    message.addRecord(Record.newRecord(question, type, DClass.IN), Section.QUESTION);
    List<Record> answers = new ArrayList<>();
    Name end = addChain(answers, question);
    addAddresses(answers, end, type);
    addStrangers(answers);
    Collections.shuffle(answers, random);
    answers.forEach(answer -> message.addRecord(answer, Section.ANSWER));
    return message;
  }

  private Name addChain(List<Record> answers, Name question) {
    Name owner = question;
    int length = random.nextInt(MAX_CHAIN + 1);
    for (int i = 0; i < length; i++) {
      Name target = name("c" + i + ".");
      answers.add(new CNAMERecord(anyCase(owner), DClass.IN, ttl(), target));
      owner = target;
    }
    return owner;
  }

  private void addAddresses(List<Record> answers, Name owner, int type) {
    int count = random.nextInt(4);
    for (int i = 0; i < count; i++) {
      boolean service = type == Type.HTTPS || (type == Type.ANY && random.nextBoolean());
      answers.add(service ? service(owner) : address(anyCase(owner)));
    }
  }

  private void addStrangers(List<Record> answers) {
    Name stranger = name("stranger.");
    answers.add(new TXTRecord(stranger, DClass.IN, ttl(), "no address"));
    answers.add(new MXRecord(stranger, DClass.IN, ttl(), 10, name("mx.")));
    answers.add(new ARecord(stranger, DClass.CH, ttl(), ipv4()));
    if (random.nextBoolean()) {
      answers.add(address(stranger));
    }
  }

  private Record address(Name owner) {
    return random.nextBoolean()
        ? new ARecord(owner, DClass.IN, ttl(), ipv4())
        : new AAAARecord(owner, DClass.IN, ttl(), ipv6());
  }

  private Record service(Name owner) {
    List<SVCBBase.ParameterBase> parameters = new ArrayList<>();
    parameters.add(new SVCBBase.ParameterPort(8443));
    if (random.nextBoolean()) {
      parameters.add(new SVCBBase.ParameterIpv4Hint(List.of(ipv4(), ipv4())));
    }
    if (random.nextBoolean()) {
      parameters.add(new SVCBBase.ParameterIpv6Hint(List.of(ipv6())));
    }
    Name target = random.nextBoolean() ? Name.root : name("svc.");
    return new HTTPSRecord(anyCase(owner), DClass.IN, ttl(), 1, target, parameters);
  }

  private long ttl() {
    return random.nextInt(Integer.MAX_VALUE);
  }

  private Inet4Address ipv4() {
    return (Inet4Address) address(bytes(4));
  }

  private Inet6Address ipv6() {
    byte[] bytes = bytes(16);
    bytes[0] = 0x20;
    return (Inet6Address) address(bytes);
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private Name name(String firstLabel) {
    String[] ends = {"example.com.", "cdn.example.net.", "co.uk.", "a-b_c.org."};
    return parse(firstLabel + "n" + random.nextInt(1000) + "." + ends[random.nextInt(ends.length)]);
  }

  private Name anyCase(Name name) {
    StringBuilder text = new StringBuilder(name.toString());
    for (int i = 0; i < text.length(); i++) {
      if (random.nextBoolean()) {
        text.setCharAt(i, Character.toUpperCase(text.charAt(i)));
      }
    }
    return parse(text.toString());
  }

  private static Name parse(String text) {
    try {
      return Name.fromString(text);
    } catch (TextParseException e) {
      throw new AssertionError(e);
    }
  }

  private static InetAddress address(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
