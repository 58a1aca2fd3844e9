package imon.flow.stream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.flow.recent.OpenStates;
import imon.flow.stream.Conversation.State;
import imon.http.HttpRequest;
import imon.name.NameTable;
import imon.testing.Allocation;
import org.junit.jupiter.api.Test;

/** How long bytes that came before their turn may wait, and what following costs. */
class ConversationTest {
  private static final int CLIENT = 1000;
  private static final int SERVER = 5000;
  private static final String GET = "GET http://a.example/ HTTP/1.1\r\n\r\n";

  private final Conversation conversation =
      new Conversation(new HttpRequest(new NameTable()), Run.first(0), CLIENT, SERVER);

  private void up(int at, String text, long number) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    conversation.read(true, CLIENT + at, bytes, 0, bytes.length, number, number, number);
  }

  @Test
  void asManySegmentsMayWaitAsTheLimitSays() {
    up(0, GET, 1);
    for (int i = 1; i <= HeldSegments.SEGMENTS_LIMIT; i++) {
      up(GET.length() * (i + 1), GET, 1 + i);
      assertEquals(State.FOLLOWED, conversation.state());
    }
    up(GET.length() * 40, GET, 30);
    assertEquals(State.LOST, conversation.state());
  }

  @Test
  void asManyBytesMayWaitAsTheLimitSays() {
    up(0, GET, 1);
    up(GET.length() + 1, "x".repeat(HeldSegments.BYTES_LIMIT), 2);
    assertEquals(State.FOLLOWED, conversation.state());
    up(GET.length() + 1, "x", 3);
    assertEquals(State.LOST, conversation.state());
  }

  @Test
  void segmentsThatWereReadMakeRoomForOthers() {
    up(0, GET, 1);
    for (int i = 0; i < 24; i++) {
      int at = GET.length() * (1 + 2 * i);
      up(at + GET.length(), GET, 2);
      up(at, GET, 3);
    }
    assertEquals(State.FOLLOWED, conversation.state());
    assertFalse(conversation.isWaitingTooLong(Long.MAX_VALUE));
  }

  @Test
  void bytesWaitOverALimitedNumberOfTicks() {
    up(0, GET, 1);
    up(GET.length(), "GET http://b.exam", 7);
    assertFalse(conversation.isWaitingTooLong(7 + OpenStates.DISTANCE));
    assertTrue(conversation.isWaitingTooLong(8 + OpenStates.DISTANCE));
    up(GET.length() + 17, "ple/ HTTP/1.1\r\n\r\n", 8 + OpenStates.DISTANCE);
    assertEquals(State.LOST, conversation.state());
  }

  @Test
  void whatWasReadInTimeWaitsNoMore() {
    up(0, GET, 1);
    up(GET.length(), "GET http://b.exam", 7);
    up(GET.length() + 17, "ple/ HTTP/1.1\r\n\r\n", 7 + OpenStates.DISTANCE);
    assertEquals(State.FOLLOWED, conversation.state());
    assertEquals("b.example", conversation.run(true).host());
    assertFalse(conversation.isWaitingTooLong(Long.MAX_VALUE));
  }

  @Test
  void thePacketsOfABodyAllocateNothing() {
    up(0, GET, 1);
    byte[] header = "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n".getBytes(ISO_8859_1);
    byte[] body = new byte[1460];
    int[] next = {SERVER};
    conversation.read(false, next[0], header, 0, header.length, 2, 2, 2);
    next[0] += header.length;
    long bytes =
        Allocation.of(
            100_000,
            () -> {
              conversation.read(false, next[0], body, 0, body.length, 3, 3, 3);
              next[0] += body.length;
            });
    assertTrue(bytes < 10_000, () -> bytes + " bytes");
    assertEquals(State.FOLLOWED, conversation.state());
  }
}
