package imon.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import imon.report.diff.Diff;
import imon.report.diff.DiffJson;
import imon.report.diff.DiffSheet;
import imon.report.sheet.Sheet;
import imon.report.sheet.SheetCsv;
import imon.report.sheet.SheetHtml;
import imon.report.sheet.SheetMarkdown;
import imon.report.sheet.SheetTable;
import imon.report.text.PageTemplates;
import imon.report.text.Sizes;
import imon.report.usage.SiteUsage;
import imon.report.usage.SiteUsageJson;
import imon.report.usage.SiteUsageSheet;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Compares reports on sites and comparisons with the files beside this test, see {@link
 * GoldenReportTest}; and their JSON with its documents.
 */
class GoldenSheetTest {
  private static final Path FOLDER = Path.of("src/test/resources/imon/report");
  private static final Pattern DOCUMENTED = Pattern.compile("(?m)^\\| `([^`]+)` \\|");
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String HOSTILE =
      "=a\u0000\u001b[31m\n\t\u202e\u2028|`<script>alert(1)</script>";

  private enum Form {
    TABLE("txt") {
      @Override
      void write(Sheet sheet, Writer out) throws IOException {
        new SheetTable(new TerminalTable.Options(80, false, false, Sizes.SI)).write(sheet, out);
      }
    },
    NARROW("narrow.txt") {
      @Override
      void write(Sheet sheet, Writer out) throws IOException {
        new SheetTable(new TerminalTable.Options(60, true, false, Sizes.BINARY)).write(sheet, out);
      }
    },
    CSV("csv") {
      @Override
      void write(Sheet sheet, Writer out) throws IOException {
        new SheetCsv().write(sheet, out);
      }
    },
    MARKDOWN("md") {
      @Override
      void write(Sheet sheet, Writer out) throws IOException {
        new SheetMarkdown(Sizes.SI).write(sheet, out);
      }
    },
    HTML("html") {
      @Override
      void write(Sheet sheet, Writer out) throws IOException {
        new SheetHtml(Sizes.SI, PageTemplates.BUILT_IN).write(sheet, out);
      }
    };

    final String extension;

    Form(String extension) {
      this.extension = extension;
    }

    abstract void write(Sheet sheet, Writer out) throws IOException;

    String of(Sheet sheet) throws IOException {
      StringWriter text = new StringWriter();
      write(sheet, text);
      return text.toString();
    }
  }

  @ParameterizedTest
  @EnumSource
  void reportsOnSitesLookAsTheyDid(Form form) throws IOException {
    assertGolden("site", form, SiteUsageSheet.of(ExampleSheets.usage()));
  }

  @ParameterizedTest
  @EnumSource
  void comparisonsLookAsTheyDid(Form form) throws IOException {
    assertGolden("diff", form, DiffSheet.of(ExampleSheets.diff()));
  }

  @Test
  void theirJsonLooksAsItDid() throws IOException {
    assertGolden("site.json", json(ExampleSheets.usage()));
    assertGolden("diff.json", json(ExampleSheets.diff()));
  }

  private static void assertGolden(String name, Form form, Sheet sheet) throws IOException {
    String text = form.of(sheet);
    assertGolden(name + "." + form.extension, form == Form.HTML ? GoldenPage.of(text) : text);
  }

  private static void assertGolden(String name, String text) throws IOException {
    Path file = FOLDER.resolve(name);
    if (Boolean.getBoolean("imon.update")) {
      Files.writeString(file, text);
    }
    assertEquals(Files.readString(file), text, "differs from " + file);
  }

  private static String json(SiteUsage usage) throws IOException {
    StringWriter text = new StringWriter();
    new SiteUsageJson().write(usage, text);
    return text.toString();
  }

  private static String json(Diff diff) throws IOException {
    StringWriter text = new StringWriter();
    new DiffJson().write(diff, text);
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"site", "diff"})
  void theJsonHasTheFieldsOfItsDocumentAndItsSchema(String kind) throws IOException {
    JsonNode json =
        MAPPER.readTree(
            kind.equals("site") ? json(ExampleSheets.usage()) : json(ExampleSheets.diff()));
    JsonNode schema = MAPPER.readTree(Path.of("docs", kind + ".schema.json").toFile());
    String document = Files.readString(Path.of("docs", kind + "-json.md"));
    Set<String> documented = new TreeSet<>();
    DOCUMENTED.matcher(document).results().forEach(row -> documented.add(row.group(1)));
    assertEquals(JsonFields.of(json), documented);
    assertEquals(documented, JsonFields.ofSchema(schema));
    assertEquals(List.of(), SchemaCheck.faults(schema, json));
  }

  @ParameterizedTest
  @EnumSource
  void noControlCharacterAndNoMarkupOfANameGetsThrough(Form form) throws IOException {
    for (Sheet sheet :
        List.of(
            SiteUsageSheet.of(ExampleSheets.hostileUsage(HOSTILE)),
            DiffSheet.of(ExampleSheets.hostileDiff(HOSTILE)))) {
      String text = form.of(sheet);
      assertTrue(
          text.codePoints()
              .filter(c -> c != '\n' && c != '\r')
              .allMatch(
                  c -> Character.getType(c) != Character.CONTROL && c != 0x202e && c != 0x2028),
          text);
      assertFalse(form == Form.HTML && text.contains("<script"), text);
      assertFalse(form == Form.CSV && text.contains(",="), text);
      assertEquals(form.of(harmless(sheet)).lines().count(), text.lines().count());
    }
  }

  /** The same kind of sheet of a name that is none of this. */
  private static Sheet harmless(Sheet like) {
    return like.title().contains("compared")
        ? DiffSheet.of(ExampleSheets.hostileDiff("n".repeat(HOSTILE.length())))
        : SiteUsageSheet.of(ExampleSheets.hostileUsage("n".repeat(HOSTILE.length())));
  }
}
