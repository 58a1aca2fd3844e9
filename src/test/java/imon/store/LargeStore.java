package imon.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;

/**
 * Makes a store of made-up facts, as large as wanted, and names its flows; run by hand to measure
 * what questions cost ({@code docs/store.md} says how). Each night is one capture of 24 hours. Of
 * its flows two thirds are proven and a sixth looked up; the others are unresolved, those of the
 * last night a scan. One in twenty lasts five minutes, one in ten is IPv6.
 */
final class LargeStore {
  private static final String MEMORY = "4GB";

  private LargeStore() {}

  /** Arguments: the file to make, nights, flows in all. */
  public static void main(String[] args) throws Exception {
    Path file = Path.of(args[0]);
    Files.deleteIfExists(file);
    Properties settings = new Properties();
    settings.setProperty("memory_limit", MEMORY);
    settings.setProperty("preserve_insertion_order", "false");
    try (Database database = Database.open(file.toString(), settings)) {
      Schema.createFacts(database);
      Schema.createViews(database);
      long begun = System.nanoTime();
      fill(database, Integer.parseInt(args[1]), Long.parseLong(args[2]), "true");
      begun = said("facts", begun);
      database.transaction(() -> Correlation.runAndSum(database));
      begun = said("correlation", begun);
      database.execute("CHECKPOINT");
      said("checkpoint", begun);
    }
    System.out.println(Files.size(file) + " bytes");
  }

  /**
   * Makes the facts of some nights.
   *
   * @param flows of all nights, also of those that are not wanted
   * @param wanted a condition on the night {@code n}; the first is 1
   */
  static void fill(Database database, int nights, long flows, String wanted) throws StoreException {
    database.execute("SET VARIABLE nights = " + nights);
    database.execute("SET VARIABLE flows = " + flows);
    database.execute("CREATE OR REPLACE TEMP MACRO wanted_night(n) AS " + wanted);
    database.script("large-store.sql");
  }

  private static long said(String what, long begun) {
    long now = System.nanoTime();
    System.out.println(String.format(Locale.ROOT, "%s: %.1f s", what, (now - begun) / 1e9));
    return now;
  }
}
