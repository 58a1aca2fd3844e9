package imon.cli.time;

import java.time.DateTimeException;
import java.time.ZoneId;

/** A time zone as a user names it. */
public final class NamedZone {
  private NamedZone() {}

  /** The zone that {@code --tz} names; an error of usage when there is none such. */
  public static ZoneId of(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "--tz " + name + ": no such zone; give one like UTC or Europe/Paris", e);
    }
  }
}
