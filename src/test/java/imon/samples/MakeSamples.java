package imon.samples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes all sample captures, their truths and their list into a folder. */
public final class MakeSamples {
  private MakeSamples() {}

  /** Takes one argument, the folder; without it {@code sample-captures}. */
  public static void main(String[] args) throws IOException {
    writeTo(Path.of(args.length == 0 ? "sample-captures" : args[0]));
  }

  /** Creates the folder if need be and replaces files of the same names. */
  static void writeTo(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (Map.Entry<String, byte[]> file : Samples.files().entrySet()) {
      Files.write(folder.resolve(file.getKey()), file.getValue());
    }
  }
}
