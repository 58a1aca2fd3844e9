package imon.report.secret;

import imon.report.usage.SiteUsage;
import imon.report.usage.SiteUsage.UnknownName;
import imon.report.usage.SiteUsage.UsageRow;

/** The report on some sites, with pseudonyms. */
public final class AnonymousUsage {
  private AnonymousUsage() {}

  /** The same figures under pseudonyms; a name that nothing is known of may be an internal one. */
  public static SiteUsage of(SiteUsage usage, Pseudonyms names) {
    AnonymousReport rows = new AnonymousReport(names);
    return new SiteUsage(
        rows.scope(usage.scope()),
        usage.per(),
        usage.captures(),
        usage.sites().stream()
            .map(
                row ->
                    new UsageRow(
                        rows.site(row.site(), names.siteOrHost(row.site().site())), row.spans()))
            .toList(),
        usage.unknown().stream().map(unknown -> unknown(unknown, names)).toList());
  }

  private static UnknownName unknown(UnknownName unknown, Pseudonyms names) {
    return new UnknownName(
        names.local(unknown.name()), unknown.near().stream().map(names::siteOrHost).toList());
  }
}
