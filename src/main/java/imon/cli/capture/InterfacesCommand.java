package imon.cli.capture;

import imon.cli.output.ExitCode;
import imon.cli.output.Terminal;
import imon.live.device.Device;
import imon.live.device.Devices;
import imon.pcap.LinkTypes;
import imon.report.text.VisibleText;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Lists what can be captured from. */
@Command(
    name = "interfaces",
    description = "List what can be captured from.",
    mixinStandardHelpOptions = true)
public final class InterfacesCommand implements Callable<Integer> {
  private static final List<String> HEADS = List.of("NAME", "STATE", "LINK", "ADDRESSES");
  private static final String NONE = "-";
  private static final String GAP = "  ";

  private final Terminal terminal;

  public InterfacesCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    List<Device> devices = Devices.list();
    List<List<String>> rows = devices.stream().map(InterfacesCommand::cells).toList();
    print(HEADS, "DESCRIPTION", rows);
    for (int i = 0; i < rows.size(); i++) {
      print(rows.get(i), devices.get(i).description(), rows);
    }
    if (!devices.isEmpty() && devices.stream().allMatch(device -> device.linkType().isEmpty())) {
      terminal.say("link types are unknown: no device can be opened; see docs/capture.md");
    }
    return ExitCode.DONE;
  }

  private static List<String> cells(Device device) {
    String link =
        device.linkType().isPresent() ? LinkTypes.name(device.linkType().getAsInt()) : NONE;
    String addresses = device.addresses().isEmpty() ? NONE : String.join(" ", device.addresses());
    return List.of(VisibleText.of(device.name()), device.state(), link, addresses);
  }

  private void print(List<String> cells, String description, List<List<String>> rows) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < cells.size(); column++) {
      String cell = cells.get(column);
      line.append(cell).append(" ".repeat(width(column, rows) - cell.length())).append(GAP);
    }
    terminal.out().println((line + VisibleText.of(description)).stripTrailing());
  }

  private static int width(int column, List<List<String>> rows) {
    int longest = HEADS.get(column).length();
    for (List<String> row : rows) {
      longest = Math.max(longest, row.get(column).length());
    }
    return longest;
  }
}
