package imon.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.pcap.Anomaly;
import imon.testing.Hex;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ArpMessageTest {
  private static final String ENDS = "02005e100020 c0a80114 | 02005e100001 c0a80101";

  private final ArpMessage arp = new ArpMessage();

  @Test
  void senderAndTargetAreRead() {
    byte[] reply = Hex.bytes("f0 | 0001 0800 06 04 0002 | " + ENDS);
    assertNull(arp.wrap(reply, 1, reply.length));
    assertTrue(arp.isReply());
    assertFalse(arp.isRequest());
    assertEquals(0x02005e100020L, arp.senderMac());
    assertEquals(0xc0a80114, arp.senderAddress());
    assertEquals(0x02005e100001L, arp.targetMac());
    assertEquals(0xc0a80101, arp.targetAddress());
  }

  @Test
  void aRequestIsNoReply() {
    byte[] request = Hex.bytes("0001 0800 06 04 0001 | " + ENDS);
    assertNull(arp.wrap(request, 0, request.length));
    assertTrue(arp.isRequest());
    assertFalse(arp.isReply());
  }

  @Test
  void aMessageCutAnywhereIsCut() {
    byte[] reply = Hex.bytes("0001 0800 06 04 0002 | " + ENDS);
    for (int limit = 0; limit < reply.length; limit++) {
      assertEquals(Anomaly.ARP_MESSAGE_CUT, arp.wrap(Arrays.copyOf(reply, limit), 0, limit));
    }
  }

  @Test
  void otherAddressesAreNotItsOwn() {
    byte[] longer = Hex.bytes("0020 0800 14 04 0002 | " + ENDS);
    assertEquals(Anomaly.ARP_MESSAGE_BAD, arp.wrap(longer, 0, longer.length));
    byte[] other = Hex.bytes("0001 86dd 06 04 0002 | " + ENDS);
    assertEquals(Anomaly.ARP_MESSAGE_BAD, arp.wrap(other, 0, other.length));
  }
}
