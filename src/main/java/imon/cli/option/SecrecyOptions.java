package imon.cli.option;

import imon.report.secret.Pseudonyms;
import imon.report.secret.SecretKey;
import imon.store.ask.inside.InternalNames;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether reports hide who the clients are. */
final class SecrecyOptions {
  @Option(
      names = "--anonymize",
      description =
          "Put pseudonyms in place of clients, of names and addresses of local networks, and of"
              + " folders.")
  private boolean anonymous;

  @Option(
      names = "--anonymize-key",
      paramLabel = "FILE",
      description =
          "With --anonymize: the key of the pseudonyms, so that reports can be compared (default: a"
              + " new one each time).")
  private @Nullable Path keyFile;

  private @Nullable SecretKey key;
  private InternalNames internal = InternalNames.NONE;

  boolean isAsked() {
    return anonymous;
  }

  /** Finds out early what is wrong with the key. */
  void open() throws IOException {
    if (keyFile != null && !anonymous) {
      throw new IllegalArgumentException("--anonymize-key says how: give --anonymize, too");
    }
    if (anonymous) {
      key = keyFile == null ? SecretKey.random() : SecretKey.read(keyFile);
    }
  }

  /** Hides these names, too. */
  void hide(InternalNames more) {
    internal = internal.plus(more);
  }

  /** What stands for hidden names, after {@link #open} when it is asked for. */
  Pseudonyms pseudonyms() {
    return new Pseudonyms(Objects.requireNonNull(key), internal);
  }
}
