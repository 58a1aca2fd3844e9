package imon.store.option;

import imon.flow.option.FactOptions;
import imon.store.Database;
import imon.store.StoreException;
import imon.wire.AddressBlock;
import java.util.List;

/**
 * Says in temporary tables what the options mean that are kept with captures, so that no SQL reads
 * their text: {@code option_timeout} has the idle timeouts of each text in nanoseconds, {@code
 * option_block} the blocks of local addresses that it gives. The macro {@code in_block} tells
 * whether an address of {@code fact} lies in a block.
 */
public final class KeptOptions {
  private KeptOptions() {}

  /** Makes the tables for the captures of the database that is current. */
  public static void describe(Database database) throws StoreException {
    database.script("options.sql");
    List<String> texts =
        database.query(row -> row.getString(1), "SELECT DISTINCT options FROM fact.capture");
    for (String text : texts) {
      describe(database, text);
    }
  }

  private static void describe(Database database, String text) throws StoreException {
    FactOptions options = parse(text);
    database.execute(
        "INSERT INTO option_timeout VALUES (?, ?, ?)",
        text,
        options.timeouts().tcp(),
        options.timeouts().other());
    for (AddressBlock block : options.local().given()) {
      database.execute(
          "INSERT INTO option_block VALUES (?, ?, ?, ?, ?, ?)",
          text,
          block.isIpv4(),
          block.high(),
          block.highMask(),
          block.low(),
          block.lowMask());
    }
  }

  private static FactOptions parse(String text) throws StoreException {
    try {
      return FactOptions.parse(text);
    } catch (IllegalArgumentException e) {
      throw new StoreException(
          "a capture is kept with options that this imon does not know: " + e.getMessage(), e);
    }
  }
}
