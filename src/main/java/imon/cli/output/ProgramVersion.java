package imon.cli.output;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** Which imon this is. */
public final class ProgramVersion {
  private ProgramVersion() {}

  /** The version as it was built: {@code 1.2.3}. */
  public static String text() throws IOException {
    Properties properties = new Properties();
    try (InputStream stream =
        ProgramVersion.class.getResourceAsStream("/imon/version.properties")) {
      properties.load(stream);
    }
    return properties.getProperty("version");
  }
}
