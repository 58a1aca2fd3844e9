package imon.name;

/**
 * Under which name the traffic of a host is shown: the user's group that it is in, else its site,
 * or the host itself. It changes no evidence: what names a flow stays as it is.
 *
 * @param byHost whether hosts stand apart instead of with their site
 * @param groups the user's own names
 */
public record SiteNaming(boolean byHost, SiteGroups groups) {}
