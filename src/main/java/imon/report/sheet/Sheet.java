package imon.report.sheet;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A report as tables. Nothing here depends on how it is shown.
 *
 * @param title what it is
 * @param head lines before the tables: what it is about, and sums
 * @param tables in the order to show
 * @param notes lines after the tables
 * @param generatedAt when it was made, in words; null unless the user asked for it
 */
public record Sheet(
    String title,
    List<String> head,
    List<Table> tables,
    List<String> notes,
    @Nullable String generatedAt) {

  /**
   * One table.
   *
   * @param caption what it shows; empty for none
   * @param captionIsName whether the caption may be anything, being a name out of captures
   */
  public record Table(
      String caption, boolean captionIsName, List<Column> columns, List<Row> rows) {}

  /**
   * A column.
   *
   * @param name for machines: lower case, without blanks; the same name is the same column in all
   *     tables
   * @param heading for people; empty when only machines need it, because the caption says it
   * @param isNumber whether it stands to the right
   * @param optional whether a narrow place can do without it
   */
  public record Column(String name, String heading, boolean isNumber, boolean optional) {
    public static Column text(String name, String heading) {
      return new Column(name, heading, false, false);
    }

    public static Column number(String name, String heading) {
      return new Column(name, heading, true, false);
    }

    /** The same, left out where there is no room. */
    public Column ifRoom() {
      return new Column(name, heading, isNumber, true);
    }

    /** For machines only. */
    public static Column hidden(String name) {
      return new Column(name, "", false, true);
    }

    boolean isShown() {
      return !heading.isEmpty();
    }
  }

  /**
   * A row.
   *
   * @param section what it is about, for machines
   * @param cells as many as there are columns
   * @param isSum whether it sums up others
   */
  public record Row(String section, List<Cell> cells, boolean isSum) {}
}
