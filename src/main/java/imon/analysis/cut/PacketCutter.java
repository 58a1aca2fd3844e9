package imon.analysis.cut;

import imon.pcap.Block;
import imon.pcap.CaptureFiles;
import imon.pcap.CaptureReader;
import imon.pcap.write.PcapngFile;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Copies packets out of captures into one pcapng file, capture by capture, each in its own order.
 * Times, link types, and lengths stay as they are.
 */
public final class PacketCutter {
  private final PcapngFile file;
  private final Block block = new Block();
  private final List<String> faults = new ArrayList<>();

  private PacketCutter(PcapngFile file) {
    this.file = file;
  }

  /**
   * What came of it.
   *
   * @param packets how many packets were copied
   * @param faults captures that gave nothing, and why, one line each
   */
  public record Outcome(long packets, List<String> faults) {}

  /**
   * Cuts; a capture that is gone or has changed is told and gives nothing, the rest goes on.
   *
   * @param empty the file to fill
   * @throws IOException when it cannot be written
   */
  public static Outcome cut(List<Excerpt> excerpts, Path empty) throws IOException {
    try (PcapngFile file = PcapngFile.begin(empty)) {
      PacketCutter cutter = new PacketCutter(file);
      for (Excerpt excerpt : excerpts) {
        cutter.cut(excerpt);
      }
      return new Outcome(file.packets(), List.copyOf(cutter.faults));
    }
  }

  private void cut(Excerpt excerpt) throws IOException {
    PcapngFile.Mark mark = file.mark();
    String path = excerpt.path();
    if (path.equals("-")) {
      faults.add("-: it came from standard input, so that no packets can be cut out of it");
      return;
    }
    try (CaptureReader reader = open(path)) {
      reader.lookFor(List.of(excerpt.known()));
      copy(reader, excerpt);
      if (!isKnown(reader, excerpt)) {
        file.back(mark);
        faults.add(path + ": not the capture that was analyzed; bring that one back to this place");
      }
    } catch (Unreadable e) {
      faults.add(e.getMessage() + "; bring the capture back to this place");
    }
  }

  /** It is what was analyzed, or has grown from that. */
  private static boolean isKnown(CaptureReader reader, Excerpt excerpt) {
    return reader.summary().fingerprint().equals(excerpt.known().fingerprint())
        || reader.grownFrom().contains(excerpt.known());
  }

  /** A capture cannot be opened. */
  private static final class Unreadable extends IOException {
    private static final long serialVersionUID = 1;

    Unreadable(String message, Exception cause) {
      super(message, cause);
    }

    @Override
    public String getMessage() {
      return String.valueOf(super.getMessage());
    }
  }

  private static CaptureReader open(String path) throws Unreadable {
    try {
      return CaptureReader.open(CaptureFiles.named(path));
    } catch (IOException e) {
      throw new Unreadable(String.valueOf(e.getMessage()), e);
    } catch (InvalidPathException e) {
      throw new Unreadable(path + ": no such file", e);
    }
  }

  /** All blocks are read, as the fingerprint is that of all bytes. */
  private void copy(CaptureReader reader, Excerpt excerpt) throws IOException {
    FlowSearch search = new FlowSearch(excerpt.flows());
    boolean searches = !excerpt.flows().isEmpty();
    List<Long> numbers = excerpt.packets();
    int next = 0;
    while (reader.read(block)) {
      for (int i = 0; i < block.count(); i++) {
        boolean named = next < numbers.size() && numbers.get(next) == block.packetNumber(i);
        next += named ? 1 : 0;
        boolean found = searches && search.finds(block, i);
        if ((named || found) && block.packetNumber(i) <= excerpt.length()) {
          file.add(block, i);
        }
      }
    }
  }
}
