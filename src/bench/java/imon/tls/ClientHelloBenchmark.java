package imon.tls;

import imon.bench.Check;
import imon.bench.Counted;
import imon.name.NameTable;
import imon.samples.Tape;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Browsers' ClientHellos of some 1,800 bytes. */
@State(Scope.Benchmark)
public class ClientHelloBenchmark {
  private static final int NAMES = 256;

  private final ClientHello hello = new ClientHello(new NameTable());
  private final List<byte[]> hellos = new ArrayList<>();

  @Setup
  public void make() {
    for (int i = 0; i < NAMES; i++) {
      String host = "www.site" + i + ".example";
      byte[] bytes = Tape.hello(host);
      hello.read(bytes, 0, bytes.length);
      Check.same("name of " + host, 0, host.compareTo(String.valueOf(hello.serverName())));
      hellos.add(bytes);
    }
  }

  @Benchmark
  public void read(Counted.Messages counted) {
    int named = 0;
    for (byte[] bytes : hellos) {
      named += hello.read(bytes, 0, bytes.length) == ClientHello.Verdict.NAMED ? 1 : 0;
    }
    Check.same("names", NAMES, named);
    counted.messages += NAMES;
  }
}
