package imon.store.ask;

/** What the rows of a report's main table are. */
public enum By {
  SITE("h.site", "NULL", "site_connections", true),
  /** A host; {@code *.site} where only the site is known. */
  HOST("coalesce(h.host, '*.' || h.site)", "h.site", "site_connections", true),
  /** A client device, by its lowest address. */
  CLIENT("d.ip", "d.device_name", "connections", false),
  /** A network that captures are from. */
  SOURCE("a.source", "NULL", "connections", false);

  private final String key;
  private final String detail;
  private final String connections;
  private final boolean named;

  By(String key, String detail, String connections, boolean named) {
    this.key = key;
    this.detail = detail;
    this.connections = connections;
    this.named = named;
  }

  /** SQL of what names a row. */
  String key() {
    return key;
  }

  /** SQL of what is said beside the name. */
  String detail() {
    return detail;
  }

  /** The column with the connections that count for a row. */
  String connections() {
    return connections;
  }

  /** Whether only traffic with a name is in the rows; else what is unresolved, too. */
  public boolean isNamed() {
    return named;
  }
}
