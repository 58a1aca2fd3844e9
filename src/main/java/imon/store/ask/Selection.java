package imon.store.ask;

import imon.name.SiteNaming.Given;
import imon.wire.AddressBlock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is asked about.
 *
 * @param fingerprints which captures; all there are when there are none
 * @param localSites whether local sites stand beside those of the internet; they stand alone when
 *     nothing is internet
 * @param period which minutes
 * @param client only traffic of devices that have one of these addresses, or null
 * @param naming which names sites have, as far as it is given; a store keeps the others
 */
public record Selection(
    List<String> fingerprints,
    boolean localSites,
    Period period,
    @Nullable AddressBlock client,
    Given naming) {

  /** All traffic of all captures. */
  public static Selection all(boolean localSites) {
    return new Selection(List.of(), localSites, Period.ALL, null, Given.NOTHING);
  }

  /** The same of these captures only. */
  public Selection of(List<String> captures) {
    return new Selection(captures, localSites, period, client, naming);
  }

  /** The same under these names. */
  public Selection named(Given other) {
    return new Selection(fingerprints, localSites, period, client, other);
  }

  /** The same in another period. */
  public Selection in(Period other) {
    return new Selection(fingerprints, localSites, other, client, naming);
  }
}
