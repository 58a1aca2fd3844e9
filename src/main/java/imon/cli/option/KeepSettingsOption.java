package imon.cli.option;

import imon.name.SiteNaming.Given;
import imon.store.StoreException;
import imon.store.StoreFile;
import imon.store.ask.Selection;
import imon.store.keep.KeptNames;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Has a store keep the names that a command was given. */
public final class KeepSettingsOption {
  @Option(
      names = "--keep-settings",
      description =
          "Have the store keep --groups and --site-level, for commands without them. To forget"
              + " them: --groups none, --site-level domain.")
  private boolean asked;

  /** Whether something is to be kept; an error of usage when nothing was given to keep. */
  public boolean isAsked(Selection selection) {
    if (asked && selection.naming().equals(Given.NOTHING)) {
      throw new IllegalArgumentException(
          "--keep-settings: nothing to keep; give --groups FILE or --site-level LEVEL"
              + " (none and domain forget)");
    }
    return asked;
  }

  /**
   * Finds out early whether that can be.
   *
   * @param hasStore whether a report is made of a store, which can keep them
   * @throws IllegalArgumentException when something is to be kept, and there is no such store
   */
  public void check(Selection selection, boolean hasStore) {
    if (isAsked(selection) && !hasStore) {
      throw new IllegalArgumentException("--keep-settings: give --db FILE, and not --follow");
    }
  }

  /** Keeps them if that is asked for, and there is a store. */
  public void run(@Nullable Path store, Selection selection) throws StoreException {
    if (store != null) {
      run(new StoreFile(store), selection);
    }
  }

  /** Keeps them if that is asked for. */
  public void run(StoreFile store, Selection selection) throws StoreException {
    if (isAsked(selection)) {
      KeptNames.keep(store, selection.naming());
    }
  }
}
