package imon.cli.capture;

import imon.cli.option.Amount;
import imon.live.device.DeviceOptions;
import picocli.CommandLine.Option;

/** What is captured, and how the device is opened. */
final class DeviceSettings {
  private static final String DEVICE = "any";

  @Option(
      names = {"-i", "--interface"},
      paramLabel = "DEVICE",
      description = "Capture from this device ('imon interfaces'); else from any of them.")
  private String device = DEVICE;

  @Option(
      names = "--filter",
      paramLabel = "BPF",
      description = "Only packets that this filter lets through, as tcpdump's: 'tcp port 443'.")
  private String filter = "";

  @Option(
      names = {"-s", "--snaplen"},
      paramLabel = "BYTES",
      description = "Keep so many bytes of a packet; 0, as without this, is 262144.")
  private int snapLength;

  @Option(
      names = "--buffer",
      paramLabel = "SIZE",
      description = "Room for packets in the kernel: 64MiB, unless given.")
  private String buffer = "64MiB";

  @Option(
      names = {"-p", "--no-promiscuous"},
      description = "Leave frames for other stations alone.")
  private boolean selfish;

  @Option(
      names = "--immediate",
      description = "Hand over each packet as it comes, at the cost of speed.")
  private boolean immediate;

  @Option(
      names = "--microseconds",
      description = "Times in microseconds also where the device has nanoseconds.")
  private boolean microseconds;

  DeviceOptions options() {
    long bytes = Amount.bytes("--buffer", buffer);
    if (bytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("--buffer " + buffer + ": at most 2047MiB");
    }
    return new DeviceOptions(
        device,
        filter,
        snapLength == 0 ? DeviceOptions.MOST_SNAP_LENGTH : snapLength,
        (int) bytes,
        !selfish,
        immediate,
        !microseconds);
  }
}
