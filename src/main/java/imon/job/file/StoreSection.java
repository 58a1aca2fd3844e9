package imon.job.file;

import imon.flow.option.FactOptions;
import imon.flow.option.IdleTimeouts;
import imon.flow.option.LocalNetworks;
import imon.job.file.Section.Shape;
import imon.wire.AddressBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The table of the store, and of how captures are taken into it. */
final class StoreSection {
  static final Set<String> KEYS =
      Set.of("file", "source", "keep_for", "dedupe", "local_nets", "tcp_timeout", "udp_timeout");

  private final Section section;
  private final ReportSection.Paths paths;

  StoreSection(Section section, ReportSection.Paths paths) {
    this.section = section;
    this.paths = paths;
  }

  Job.Store read() {
    String source = section.text("source", Shape.ANY);
    return new Job.Store(
        paths.path(section, "file"),
        source == null ? "" : source,
        section.text("keep_for", Shape.DAYS),
        new FactOptions(section.flag("dedupe", false), localNets(), timeouts()));
  }

  private LocalNetworks localNets() {
    List<AddressBlock> blocks = new ArrayList<>();
    for (String text : section.texts("local_nets", Shape.ANY)) {
      AddressBlock block = AddressBlock.parse(text);
      if (block == null) {
        section.fault("local_nets", "'" + text + "': give a block like 203.0.113.0/24");
      } else {
        blocks.add(block);
      }
    }
    return LocalNetworks.with(blocks);
  }

  private IdleTimeouts timeouts() {
    int tcp = seconds("tcp_timeout", IdleTimeouts.DEFAULT.tcpSeconds());
    int other = seconds("udp_timeout", IdleTimeouts.DEFAULT.otherSeconds());
    return new IdleTimeouts(tcp, other);
  }

  private int seconds(String key, int otherwise) {
    int seconds = section.count(key);
    if (seconds > IdleTimeouts.MOST_SECONDS) {
      section.fault(key, "give a number of seconds from 1 to " + IdleTimeouts.MOST_SECONDS);
    }
    return seconds == 0 || seconds > IdleTimeouts.MOST_SECONDS ? otherwise : seconds;
  }
}
