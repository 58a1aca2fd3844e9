package imon.cli.capture;

import imon.cli.option.Amount;
import imon.cli.time.NamedZone;
import imon.live.CaptureLimits;
import imon.live.ClockBorders;
import imon.live.Rotation;
import imon.live.file.FolderOptions;
import imon.live.file.NamePattern;
import imon.live.file.Retention;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where packets go, when files are turned over, which are kept, and when the capture ends. */
final class FileSettings {
  private static final long MEGABYTE = 1_000_000;

  @Option(
      names = {"-w", "--directory"},
      paramLabel = "DIR",
      required = true,
      description = "Write files into this folder.")
  private Path folder = Path.of(".");

  @Option(
      names = "--name",
      paramLabel = "PATTERN",
      description = "What files are called; without: ${DEFAULT-VALUE}")
  private String name = NamePattern.DEFAULT;

  @Option(
      names = {"-C", "--rotate-size"},
      paramLabel = "SIZE",
      description = "No file gets larger: 500MB, 2GiB; a bare number is millions of bytes.")
  private @Nullable String rotateSize;

  @Option(
      names = {"-G", "--rotate-every"},
      paramLabel = "TIME",
      description =
          "A new file by the clock: 15m, 1h, 1d; a bare number is seconds. Each midnight has one.")
  private @Nullable String rotateEvery;

  @Option(
      names = "--tz",
      paramLabel = "ZONE",
      description = "Whose clock; else this machine's zone. Names of files, too.")
  private @Nullable String zone;

  @Option(
      names = "-W",
      paramLabel = "COUNT",
      description = "With -C: the same as --keep-files. With -G alone: as --files.")
  private @Nullable Integer count;

  @Option(names = "--keep-files", paramLabel = "COUNT", description = "Keep so many files.")
  private @Nullable Integer keepFiles;

  @Option(names = "--keep-age", paramLabel = "TIME", description = "Keep files so long: 7d.")
  private @Nullable String keepAge;

  @Option(names = "--keep-bytes", paramLabel = "SIZE", description = "Keep so much: 100GB.")
  private @Nullable String keepBytes;

  @Option(
      names = "--keep-free",
      paramLabel = "SIZE",
      description = "Delete old files when less than this is free on the disk: 5GB.")
  private @Nullable String keepFree;

  @Option(
      names = "--compress",
      paramLabel = "zstd",
      description = "Pack finished files; only by zstd.")
  private @Nullable String packing;

  @Option(names = "--duration", paramLabel = "TIME", description = "End after this time: 1h.")
  private @Nullable String duration;

  @Option(names = "--packets", paramLabel = "COUNT", description = "End after so many packets.")
  private @Nullable Long packets;

  @Option(names = "--bytes", paramLabel = "SIZE", description = "End after so much is written.")
  private @Nullable String bytes;

  @Option(names = "--files", paramLabel = "COUNT", description = "End after so many full files.")
  private @Nullable Integer files;

  Rotation rotation() {
    return new Rotation(size(), borders());
  }

  private long size() {
    return rotateSize == null ? 0 : Amount.bytes("--rotate-size", rotateSize, MEGABYTE);
  }

  private @Nullable ClockBorders borders() {
    return rotateEvery == null
        ? null
        : new ClockBorders(Amount.duration("--rotate-every", rotateEvery, 1), zone());
  }

  FolderOptions folder(String device) {
    if (packing != null && !packing.toLowerCase(Locale.ROOT).equals("zstd")) {
      throw new IllegalArgumentException("--compress " + packing + ": only zstd can pack");
    }
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new IllegalArgumentException(
          "-w "
              + folder
              + ": a file stands there; name a folder, --name says what files are called");
    }
    return new FolderOptions(
        folder, new NamePattern(name, device, zone()), retention(), packing != null);
  }

  /** Tells another process which files are this capture's. */
  List<String> words(String device) {
    return List.of(
        "--directory=" + folder, "--name=" + name, "--interface=" + device, "--tz=" + zone());
  }

  private Retention retention() {
    Integer most = keepFiles == null && rotateSize != null ? count : keepFiles;
    return new Retention(
        (int) orNone(most),
        duration("--keep-age", keepAge),
        bytes("--keep-bytes", keepBytes),
        bytes("--keep-free", keepFree));
  }

  CaptureLimits limits() {
    check("-W", count);
    check("--keep-files", keepFiles);
    check("--files", files);
    check("--packets", packets);
    if (count != null && !rotation().rotates()) {
      throw new IllegalArgumentException("-W " + count + ": needs -C or -G");
    }
    if (files != null && !rotation().rotates()) {
      throw new IllegalArgumentException("--files " + files + ": needs -C or -G");
    }
    Integer most = files == null && rotateSize == null ? count : files;
    return new CaptureLimits(
        duration("--duration", duration),
        orNone(packets),
        bytes("--bytes", bytes),
        (int) orNone(most));
  }

  private static void check(String option, @Nullable Number given) {
    if (given != null && given.longValue() < 1) {
      throw new IllegalArgumentException(option + " " + given + ": give 1 or more");
    }
  }

  /** Zero stands for no limit. */
  private static long orNone(@Nullable Number given) {
    return given == null ? 0 : given.longValue();
  }

  private ZoneId zone() {
    return zone == null ? ZoneId.systemDefault() : NamedZone.of(zone);
  }

  private static long bytes(String option, @Nullable String text) {
    return text == null ? 0 : Amount.bytes(option, text);
  }

  private static @Nullable Duration duration(String option, @Nullable String text) {
    return text == null ? null : Amount.duration(option, text);
  }
}
