package imon.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Says what it costs to add one more night to a store of many, in seconds and in seconds of the
 * processor; run by hand ({@code docs/store.md} says how). The facts are those of {@link
 * LargeStore}.
 */
final class AddedNight {
  private AddedNight() {}

  /**
   * Arguments: the file to make, nights, flows in all, and which nights are added after the others,
   * one by one.
   */
  public static void main(String[] args) throws Exception {
    Path file = Path.of(args[0]);
    Files.deleteIfExists(file);
    int nights = Integer.parseInt(args[1]);
    long flows = Long.parseLong(args[2]);
    String last =
        Arrays.stream(args)
            .skip(3)
            .map(Integer::valueOf)
            .map(String::valueOf)
            .collect(Collectors.joining(", ", "(", ")"));
    add(file, nights, flows, "n NOT IN " + last, "the others");
    for (int i = 3; i < args.length; i++) {
      add(file, nights, flows, "n = " + Integer.parseInt(args[i]), "night " + args[i]);
    }
  }

  private static void add(Path file, int nights, long flows, String wanted, String what)
      throws StoreException {
    StoreFile store = new StoreFile(file);
    try (Staging staging = Staging.open()) {
      store.prepare(staging);
      LargeStore.fill(staging.database(), nights, flows, wanted);
      long begun = System.nanoTime();
      Duration worked = processorTime();
      store.keep(staging);
      long kept = System.nanoTime();
      store.correlate(staging);
      System.out.println(
          String.format(
              Locale.ROOT,
              "%s: kept in %.1f s, named and summed up in %.1f s; %.1f s of the processor",
              what,
              (kept - begun) / 1e9,
              (System.nanoTime() - kept) / 1e9,
              processorTime().minus(worked).toMillis() / 1e3));
    }
  }

  private static Duration processorTime() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }
}
