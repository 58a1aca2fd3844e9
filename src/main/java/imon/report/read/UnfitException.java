package imon.report.read;

import java.io.IOException;

/** A field is not what it is in a report; the message is the field and why, without line breaks. */
final class UnfitException extends IOException {
  private static final long serialVersionUID = 1;

  UnfitException(String field, String why) {
    super(field + ": " + why);
  }
}
