package imon.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import imon.flow.row.RowType;
import imon.pcap.Anomaly;
import imon.samples.Tape;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers, and whether they were asked for. */
class DnsAnswersTest {
  private static final String CLIENT = "10.0.0.1:50000";
  private static final String RESOLVER = "10.0.0.53:53";
  private static final String NAME = "www.example.com";
  private static final byte[] QUERY = Tape.query(17, NAME);
  private static final byte[] ANSWER = Tape.answer(17, NAME, 300, "203.0.113.1");

  private final Tape tape = new Tape();

  private void assertAsked(int asked) throws IOException {
    assertEquals(List.of(String.valueOf(asked)), Tracked.of(tape).of(RowType.ANSWER, "asked"));
  }

  @Test
  void anAnswerSaysWhoWasToldWhat() throws IOException {
    tape.udp(CLIENT, RESOLVER, QUERY).after(5);
    tape.udp(RESOLVER, CLIENT, Tape.answer(17, NAME, 300, "203.0.113.1", "203.0.113.2"));
    Tracked tracked = Tracked.of(tape);
    String start = "2 " + (Tape.START + 5) + " 10.0.0.1 " + NAME + " " + NAME;
    assertEquals(
        List.of(start + " 203.0.113.1 300 1", start + " 203.0.113.2 300 1"),
        tracked
            .of(
                RowType.ANSWER,
                "seen_packet",
                "seen_time",
                "client",
                "name",
                "canonical",
                "address",
                "ttl",
                "asked")
            .stream()
            .sorted()
            .toList());
    assertEquals(1, tracked.facts().stream().filter(f -> f.startsWith("QUERIER")).count());
  }

  @Test
  void answersThatAreLeftOutAreCounted() throws IOException {
    String[] addresses = Collections.nCopies(513, "203.0.113.1").toArray(String[]::new);
    tape.udp(CLIENT, RESOLVER, QUERY).after(5);
    tape.udp(RESOLVER, CLIENT, Tape.answer(17, NAME, 300, addresses));
    Tracked tracked = Tracked.of(tape);
    assertEquals(1, tracked.anomalies().count(Anomaly.ANSWERS_LEFT_OUT));
    assertEquals(2, tracked.anomalies().firstPacketNumber(Anomaly.ANSWERS_LEFT_OUT));
  }

  @Test
  void anAnswerIsAskedForWithinTenSecondsOfItsQuery() throws IOException {
    tape.udp(CLIENT, RESOLVER, QUERY).after(10 * Tape.SECOND).udp(RESOLVER, CLIENT, ANSWER);
    assertAsked(1);
  }

  @Test
  void aLaterAnswerIsNotAskedFor() throws IOException {
    tape.udp(CLIENT, RESOLVER, QUERY).after(10 * Tape.SECOND + 1).udp(RESOLVER, CLIENT, ANSWER);
    assertAsked(0);
  }

  @Test
  void theTenSecondsBeginWithTheLatestCopyOfTheQuery() throws IOException {
    tape.udp(CLIENT, RESOLVER, QUERY).after(8 * Tape.SECOND).udp(CLIENT, RESOLVER, QUERY);
    tape.after(8 * Tape.SECOND).udp(RESOLVER, CLIENT, ANSWER);
    assertAsked(1);
  }

  @Test
  void anAnswerBeforeItsQueryIsNotAskedFor() throws IOException {
    tape.udp(RESOLVER, CLIENT, ANSWER).after(1).udp(CLIENT, RESOLVER, QUERY);
    assertAsked(0);
  }

  @Test
  void anotherIdIsNotAskedFor() throws IOException {
    tape.udp(CLIENT, RESOLVER, Tape.query(18, NAME)).udp(RESOLVER, CLIENT, ANSWER);
    assertAsked(0);
  }

  @Test
  void anotherQuestionIsNotAskedFor() throws IOException {
    tape.udp(CLIENT, RESOLVER, Tape.query(17, "www.example.org")).udp(RESOLVER, CLIENT, ANSWER);
    assertAsked(0);
  }

  @Test
  void aQuestionInOtherLettersIsTheSame() throws IOException {
    tape.udp(CLIENT, RESOLVER, Tape.query(17, "wWw.eXample.Com")).udp(RESOLVER, CLIENT, ANSWER);
    assertAsked(1);
  }

  @Test
  void anotherPortAddressOrProtocolIsNotAskedFor() throws IOException {
    tape.udp("10.0.0.1:50001", RESOLVER, QUERY).udp("10.0.0.2:50000", RESOLVER, QUERY);
    tape.udp(CLIENT, "10.0.0.54:53", QUERY).data(CLIENT, RESOLVER, 8, Tape.framed(QUERY));
    tape.udp(RESOLVER, CLIENT, ANSWER);
    assertAsked(0);
  }

  @Test
  void aQueryInTheAnswersDirectionDoesNotAskForIt() throws IOException {
    tape.udp(RESOLVER, CLIENT, QUERY).udp(RESOLVER, CLIENT, ANSWER);
    assertAsked(0);
  }

  @Test
  void queriesAndAnswersOverTcpAreFoundAcrossSegments() throws IOException {
    byte[] query = Tape.framed(QUERY);
    byte[] answer = Tape.framed(ANSWER);
    tape.syn(CLIENT, RESOLVER, 7).synAck(RESOLVER, CLIENT, 70, 8);
    tape.data(CLIENT, RESOLVER, 8, Arrays.copyOf(query, 1));
    tape.data(CLIENT, RESOLVER, 9, Arrays.copyOfRange(query, 1, query.length));
    tape.data(RESOLVER, CLIENT, 91, Arrays.copyOfRange(answer, 20, answer.length));
    tape.data(RESOLVER, CLIENT, 71, Arrays.copyOf(answer, 20));
    Tracked tracked = Tracked.of(tape);
    assertEquals(
        List.of("6 10.0.0.1 " + NAME + " 1"),
        tracked.of(RowType.ANSWER, "seen_packet", "client", "name", "asked"));
  }

  @Test
  void severalMessagesOfOneTcpConnectionAreRead() throws IOException {
    byte[] first = Tape.framed(ANSWER);
    byte[] second = Tape.framed(Tape.answer(18, "www.example.org", 60, "203.0.113.9"));
    tape.syn(CLIENT, RESOLVER, 7).synAck(RESOLVER, CLIENT, 70, 8);
    tape.data(RESOLVER, CLIENT, 71, first).data(RESOLVER, CLIENT, 71L + first.length, second);
    assertEquals(
        List.of("203.0.113.1", "203.0.113.9"), Tracked.of(tape).of(RowType.ANSWER, "address"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aMessageBehindOneThatWasLostIsRead(boolean waits) throws IOException {
    byte[] answer = Tape.framed(ANSWER);
    tape.syn(CLIENT, RESOLVER, 7).synAck(RESOLVER, CLIENT, 70, 8);
    if (waits) {
      tape.data(RESOLVER, CLIENT, 171, 8, answer);
    }
    tape.data(CLIENT, RESOLVER, 8, waits ? 171L + answer.length : 171, new byte[0]);
    tape.data(RESOLVER, CLIENT, waits ? 171L + answer.length : 171, 8, answer);
    String told = (waits ? 5 : 4) + " 10.0.0.1 203.0.113.1";
    assertEquals(
        waits ? List.of(told, told) : List.of(told),
        Tracked.of(tape).of(RowType.ANSWER, "seen_packet", "client", "address"));
  }

  @Test
  void anAnswerOnTheLinkCountsAsAskedForWhoeverWasAsked() throws IOException {
    tape.udp(CLIENT, "224.0.0.252:5355", QUERY);
    tape.udp("10.0.0.9:5355", CLIENT, ANSWER);
    assertAsked(1);
    assertEquals(Tracked.of(tape).facts(), Tracked.of(tape.pcap(), 7).facts());
  }

  @Test
  void anAnswerFromAfarOnAPortOfTheLinkIsNotAskedFor() throws IOException {
    tape.udp("203.0.113.9:5355", CLIENT, ANSWER);
    assertAsked(0);
  }

  @Test
  void everyClientWithAQueryIsAQuerierAndNobodyElse() throws IOException {
    tape.udp(CLIENT, RESOLVER, QUERY).udp("[fd00::1]:50000", "[fd00::53]:53", QUERY);
    tape.udp(CLIENT, RESOLVER, Tape.query(18, NAME)).udp(RESOLVER, "10.0.0.9:50000", ANSWER);
    assertEquals(
        List.of("QUERIER {client=10.0.0.1}", "QUERIER {client=fd00::1}"),
        Tracked.of(tape).facts().stream().filter(f -> f.startsWith("QUERIER")).toList());
  }

  @Test
  void whatIsNoDnsAtPort53IsOnlyAFlow() throws IOException {
    tape.udp(CLIENT, RESOLVER, new byte[5]).udp(RESOLVER, CLIENT, new byte[11]);
    Tracked tracked = Tracked.of(tape);
    assertEquals(1, tracked.facts().size());
    assertEquals(2, tracked.ofOnlyFlow("up_packets") + tracked.ofOnlyFlow("down_packets"));
  }

  @Test
  void zerosWithoutAQuestionAreNoQuery() throws IOException {
    tape.udp(RESOLVER, CLIENT, new byte[40]);
    Tracked tracked = Tracked.of(tape);
    assertEquals(1, tracked.facts().size(), () -> tracked.facts().toString());
    assertEquals(List.of("10.0.0.1"), tracked.of(RowType.FLOW, "client"));
  }
}
