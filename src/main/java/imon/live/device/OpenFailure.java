package imon.live.device;

import java.io.IOException;
import java.util.Locale;

/** A device that cannot be opened, in one line that says what to do. */
public final class OpenFailure extends IOException {
  private static final long serialVersionUID = 1L;

  private static final String RIGHTS =
      "capturing needs the capability CAP_NET_RAW: run imon by sudo, as a systemd service with"
          + " AmbientCapabilities=CAP_NET_RAW, or by setpriv --ambient-caps +net_raw"
          + " (docs/capture.md)";
  private static final String LIBRARY =
      "libpcap is missing; install the package libpcap0.8 (Debian, Ubuntu; newer: libpcap0.8t64)"
          + " or libpcap (Fedora, Arch, Alpine)";

  private OpenFailure(String message, Throwable cause) {
    super(message, cause);
  }

  static OpenFailure of(String device, Exception cause) {
    String said = String.valueOf(cause.getMessage()).strip();
    return new OpenFailure(device + ": " + explained(said), cause);
  }

  private static String explained(String said) {
    String lower = said.toLowerCase(Locale.ROOT);
    if (lower.contains("permission") || lower.contains("not permitted")) {
      return RIGHTS;
    }
    if (lower.contains("no such device") || lower.contains("does not exist")) {
      return "no such device; 'imon interfaces' lists them";
    }
    return said;
  }

  static OpenFailure withoutLibrary(LinkageError cause) {
    return new OpenFailure(LIBRARY, cause);
  }
}
