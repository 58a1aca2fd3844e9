package imon.pcap;

import java.io.IOException;
import java.io.Serial;

/** An input that no packet can be read from; the message is one line that starts with its name. */
public final class NotACaptureException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  /** What kept an input from being read as a capture. */
  public enum Reason {
    /** Nothing at its start says that it is a capture. */
    NO_MAGIC,
    /** It starts like a capture, but its header is cut or impossible. */
    BROKEN_HEADER
  }

  private final Reason reason;

  NotACaptureException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** Why it is none. */
  public Reason reason() {
    return reason;
  }
}
