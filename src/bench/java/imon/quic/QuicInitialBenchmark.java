package imon.quic;

import imon.bench.Check;
import imon.bench.Counted;
import imon.name.NameTable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** First datagrams of connections, each with keys of its own. */
@State(Scope.Benchmark)
public class QuicInitialBenchmark {
  private static final int CONNECTIONS = 256;
  private static final int DATAGRAM_BYTES = 1200;

  private final QuicInitial quic = new QuicInitial(new NameTable());
  private final List<byte[]> datagrams = new ArrayList<>();

  @Setup
  public void make() {
    for (int i = 0; i < CONNECTIONS; i++) {
      byte[] hello = Hellos.tls("www.site" + i + ".example", 32);
      byte[] id = ByteBuffer.allocate(Long.BYTES).putLong(0x5eed_0000L + i).array();
      datagrams.add(
          InitialWriter.version1(id)
              .padded(DATAGRAM_BYTES, 0, InitialWriter.crypto(hello, 0, hello.length)));
    }
  }

  @Benchmark
  public void read(Counted.Messages counted) {
    int named = 0;
    for (byte[] bytes : datagrams) {
      QuicInitial.Verdict verdict = quic.read(new QuicFlow(), bytes, 0, bytes.length, false);
      named += verdict == QuicInitial.Verdict.NAMED ? 1 : 0;
    }
    Check.same("names", CONNECTIONS, named);
    counted.messages += CONNECTIONS;
  }
}
