package imon.name;

import org.jspecify.annotations.Nullable;

/**
 * Under which name the traffic of a host is shown: the user's group that it is in, else its site,
 * or the host itself. It changes no evidence: what names a flow stays as it is.
 *
 * @param byHost whether hosts stand apart instead of with their site
 * @param groups the user's own names
 */
public record SiteNaming(boolean byHost, SiteGroups groups) {
  /** Every host under its site. */
  public static final SiteNaming PLAIN = new SiteNaming(false, SiteGroups.NONE);

  /** Whether every host is shown under its site. */
  public boolean isPlain() {
    return !byHost && groups.equals(SiteGroups.NONE);
  }

  /**
   * What a command was told of it; null what it was not told, and a store may know.
   *
   * @param byHost whether hosts stand apart
   * @param groups the user's own names
   */
  public record Given(@Nullable Boolean byHost, @Nullable SiteGroups groups) {
    /** Nothing. */
    public static final Given NOTHING = new Given(null, null);

    /** All of this naming. */
    public static Given all(SiteNaming naming) {
      return new Given(naming.byHost, naming.groups);
    }

    /** What holds where a store keeps another naming. */
    public SiteNaming over(SiteNaming kept) {
      return new SiteNaming(
          byHost == null ? kept.byHost : byHost, groups == null ? kept.groups : groups);
    }
  }
}
