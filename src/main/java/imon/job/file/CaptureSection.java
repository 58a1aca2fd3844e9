package imon.job.file;

import imon.job.file.Section.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The table of the job's own capture, read into options of {@code imon capture}. */
final class CaptureSection {
  static final Set<String> KEYS =
      Set.of(
          "interface",
          "filter",
          "snaplen",
          "buffer",
          "rotate_every",
          "rotate_size",
          "compress",
          "keep_free",
          "duration");

  private final Section section;
  private final List<String> options = new ArrayList<>();

  CaptureSection(Section section) {
    this.section = section;
  }

  Job.OwnCapture read() {
    String device = section.required("interface", Shape.ANY);
    add("interface", device);
    add("filter", section.text("filter", Shape.ANY));
    int snapLength = section.count("snaplen");
    add("snaplen", snapLength == 0 ? null : Integer.toString(snapLength));
    add("buffer", section.text("buffer", Shape.SIZE));
    String every = section.text("rotate_every", Shape.TIME);
    String size = section.text("rotate_size", Shape.SIZE);
    add("rotate-every", every);
    add("rotate-size", size);
    add("compress", section.word("compress", Set.of("zstd")));
    add("keep-free", section.text("keep_free", Shape.SIZE));
    String duration = section.text("duration", Shape.TIME);
    add("duration", duration);
    if (duration == null && every == null && size == null) {
      section.fault(
          "rotate_every", "is missing: a capture without duration needs it, or rotate_size");
    }
    return new Job.OwnCapture(device, List.copyOf(options), duration != null);
  }

  private void add(String option, @Nullable String value) {
    if (value != null) {
      options.add("--" + option + "=" + value);
    }
  }
}
