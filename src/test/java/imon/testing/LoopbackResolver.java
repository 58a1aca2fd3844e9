package imon.testing;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.Section;

/** A DNS server on loopback that says what a test tells it of addresses, over UDP. */
public final class LoopbackResolver implements AutoCloseable {
  /** Names that stand for another behaviour. */
  public static final String SILENCE = "silence";

  public static final String GARBAGE = "garbage";
  public static final String REFUSED = "refused";

  private final DatagramSocket socket;
  private final Thread thread = new Thread(this::serve, "loopback resolver");
  private final Map<String, List<String>> names = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();

  /** Begins to listen; of addresses it knows nothing yet: NXDOMAIN. */
  public LoopbackResolver() throws IOException {
    socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    thread.setDaemon(true);
    thread.start();
  }

  /** What an address is called; without names the answer is empty. */
  public LoopbackResolver says(String address, String... itsNames) throws IOException {
    names.put(reverse(address), List.of(itsNames));
    return this;
  }

  /** Where it listens. */
  public InetSocketAddress place() {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  /** As a command line says it. */
  public String word() {
    return place().getAddress().getHostAddress() + ":" + place().getPort();
  }

  /** How often it was asked for an address. */
  public long askedFor(String address) throws IOException {
    String name = reverse(address);
    return asked.stream().filter(name::equals).count();
  }

  /** How many questions came. */
  public int questions() {
    return asked.size();
  }

  private static String reverse(String address) throws IOException {
    return ReverseMap.fromAddress(InetAddress.getByName(address)).toString();
  }

  private void serve() {
    byte[] bytes = new byte[4096];
    DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
    try {
      while (true) {
        packet.setLength(bytes.length);
        socket.receive(packet);
        byte[] answer = answer(new Message(Arrays.copyOf(bytes, packet.getLength())));
        if (answer.length > 0) {
          socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
        }
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private byte[] answer(Message query) throws IOException {
    Name name = query.getQuestion().getName();
    asked.add(name.toString());
    List<String> known = names.get(name.toString());
    Message answer = new Message(query.getHeader().getID());
    answer.getHeader().setFlag(Flags.QR);
    answer.addRecord(query.getQuestion(), Section.QUESTION);
    if (known == null) {
      answer.getHeader().setRcode(Rcode.NXDOMAIN);
    } else if (known.contains(SILENCE)) {
      return new byte[0];
    } else if (known.contains(GARBAGE)) {
      return new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, -1, -1, -1};
    } else if (known.contains(REFUSED)) {
      answer.getHeader().setRcode(Rcode.REFUSED);
    } else {
      for (String ptr : known) {
        answer.addRecord(
            new PTRRecord(name, DClass.IN, 60, Name.fromString(ptr + ".")), Section.ANSWER);
      }
    }
    return answer.toWire();
  }

  @Override
  public void close() {
    socket.close();
  }

  /** What it was asked for. */
  @Override
  public String toString() {
    return asked.toString();
  }
}
