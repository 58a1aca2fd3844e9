package imon.http;

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

/** Requests as far as their host. */
@State(Scope.Benchmark)
public class HttpRequestBenchmark {
  private static final int NAMES = 256;

  private final HttpRequest request = new HttpRequest(new NameTable());
  private final List<byte[]> requests = new ArrayList<>();

  @Setup
  public void make() {
    for (int i = 0; i < NAMES; i++) {
      String host = "www.site" + i + ".example";
      byte[] bytes = Tape.request(host);
      request.read(bytes, 0, bytes.length);
      Check.same("name of " + host, 0, host.compareTo(String.valueOf(request.host())));
      requests.add(bytes);
    }
  }

  @Benchmark
  public void read(Counted.Messages counted) {
    int named = 0;
    for (byte[] bytes : requests) {
      named += request.read(bytes, 0, bytes.length) == HttpRequest.Verdict.NAMED ? 1 : 0;
    }
    Check.same("names", NAMES, named);
    counted.messages += NAMES;
  }
}
