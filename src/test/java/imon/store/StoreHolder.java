package imon.store;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Another process: has a database open until its standard input ends. */
final class StoreHolder {
  private StoreHolder() {}

  /** Takes one argument, the file. Writes a line when it has it. */
  public static void main(String[] args) throws SQLException, IOException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + args[0]);
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT 1");
      System.out.println("open");
      while (System.in.read() >= 0) {
        // Whatever is said, only the end counts.
      }
    }
  }
}
