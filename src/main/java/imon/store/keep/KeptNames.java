package imon.store.keep;

import imon.name.SiteNaming;
import imon.name.SiteNaming.Given;
import imon.store.ShownSites;
import imon.store.StoreException;
import imon.store.StoreFile;

/** The names for sites that a store keeps, for questions that name none. */
public final class KeptNames {
  private KeptNames() {}

  /** Those that a store keeps; the plain ones when it keeps none. */
  public static SiteNaming of(StoreFile store) throws StoreException {
    return store.read(ShownSites::kept);
  }

  /** Keeps what is given, all of it or nothing; what is not given stays as it is kept. */
  public static void keep(StoreFile store, Given given) throws StoreException {
    store.change(database -> ShownSites.keep(database, given));
  }
}
