package imon.report.text;

import freemarker.cache.ClassTemplateLoader;
import freemarker.cache.FileTemplateLoader;
import freemarker.cache.MultiTemplateLoader;
import freemarker.cache.TemplateLoader;
import freemarker.core.HTMLOutputFormat;
import freemarker.core.InvalidReferenceException;
import freemarker.core.TemplateClassResolver;
import freemarker.template.Configuration;
import freemarker.template.DefaultObjectWrapper;
import freemarker.template.SimpleScalar;
import freemarker.template.Template;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import freemarker.template.TemplateMethodModelEx;
import freemarker.template.TemplateModel;
import freemarker.template.TemplateModelException;
import freemarker.template.Version;
import imon.aside.Aside;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/**
 * One HTML file that needs no network. All text is escaped by the template engine; a
 * Content-Security-Policy in the file allows its style sheet ({@code report.css}) and its scripts,
 * each by hash, and nothing else.
 */
public final class HtmlPage {
  private static final String STYLE = "report.css";
  private static final Version ENGINE = Configuration.VERSION_2_3_35;

  private final PageTemplates templates;
  private final String name;
  private final List<String> scripts;
  private @Nullable Aside<Parts, IOException> ahead;

  /** What stands in every page, whatever it tells. */
  private record Parts(
      Template template, Object style, String styleHash, List<Map<String, Object>> scripts) {}

  /**
   * A kind of page.
   *
   * @param name of its template
   * @param scripts names of the files that can run in it, in this order
   */
  public HtmlPage(PageTemplates templates, String name, List<String> scripts) {
    this.templates = templates;
    this.name = name;
    this.scripts = scripts;
  }

  /** Begins to read templates and scripts in a thread of its own: half the work of a first page. */
  public void prepare() {
    ahead = Aside.begin("imon-page", this::parts);
  }

  /**
   * Writes a page as text.
   *
   * @param model what the template knows; {@code style}, {@code style_hash}, {@code scripts} (text
   *     and hash of each) and the function {@code unicode} ({@link UnicodeName#of}) are added
   * @param runs whether its scripts are to run in the page
   * @throws IOException from {@code out}, or when the template fails, with its line
   */
  public void write(Map<String, Object> model, boolean runs, Writer out) throws IOException {
    Parts parts = ahead == null ? parts() : ahead.result();
    Map<String, Object> page = new HashMap<>(model);
    page.put("style_hash", parts.styleHash);
    page.put("style", parts.style);
    page.put("scripts", runs ? parts.scripts : List.of());
    page.put("unicode", (TemplateMethodModelEx) names -> UnicodeName.of(names.get(0).toString()));
    try {
      parts.template.process(page, out);
    } catch (TemplateException e) {
      throw new IOException(fault(e), e);
    }
    out.flush();
  }

  /** In one line; the library explains a missing name in a dozen. */
  private static String fault(TemplateException e) {
    String place =
        "template %s, line %s, column %s: "
            .formatted(e.getTemplateSourceName(), e.getLineNumber(), e.getColumnNumber());
    return e instanceof InvalidReferenceException
        ? place + e.getBlamedExpressionString() + " is missing"
        : place + e.getMessageWithoutStackTop().lines().findFirst().orElse("");
  }

  private Parts parts() throws IOException {
    Template template = configuration().getTemplate(name);
    String style = templates.text(STYLE);
    return new Parts(template, markup(style), hash(style), scriptTexts());
  }

  /** Text that stands in a page as it is. */
  public static Object markup(String text) {
    try {
      return HTMLOutputFormat.INSTANCE.fromMarkup(text);
    } catch (TemplateModelException e) {
      throw new IllegalStateException("text is always markup", e);
    }
  }

  private List<Map<String, Object>> scriptTexts() throws IOException {
    List<Map<String, Object>> texts = new ArrayList<>();
    for (String script : scripts) {
      String text = templates.text(script);
      if (endsScript(text)) {
        throw new IOException(
            script + ": a script in a page cannot have the end of a script in it");
      }
      texts.add(Map.of("text", markup(text), "hash", hash(text)));
    }
    return texts;
  }

  private static boolean endsScript(String text) {
    String end = "</";
    String name = "script";
    for (int at = text.indexOf(end); at >= 0; at = text.indexOf(end, at + 1)) {
      if (text.regionMatches(true, at + end.length(), name, 0, name.length())) {
        return true;
      }
    }
    return false;
  }

  private TemplateLoader loader() throws IOException {
    TemplateLoader builtIn = new ClassTemplateLoader(HtmlPage.class, PageTemplates.RESOURCES);
    Path folder = templates.folder();
    return folder == null
        ? builtIn
        : new MultiTemplateLoader(
            new TemplateLoader[] {new FileTemplateLoader(folder.toFile()), builtIn});
  }

  private Configuration configuration() throws IOException {
    Configuration configuration = new Configuration(ENGINE);
    configuration.setTemplateLoader(loader());
    configuration.setDefaultEncoding(StandardCharsets.UTF_8.name());
    configuration.setLocale(Locale.ROOT);
    configuration.setTimeZone(TimeZone.getTimeZone("UTC"));
    configuration.setNumberFormat("computer");
    configuration.setOutputFormat(HTMLOutputFormat.INSTANCE);
    configuration.setAutoEscapingPolicy(Configuration.FORCE_AUTO_ESCAPING_POLICY);
    configuration.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
    configuration.setAPIBuiltinEnabled(false);
    configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
    configuration.setLogTemplateExceptions(false);
    configuration.setWrapUncheckedExceptions(true);
    configuration.setObjectWrapper(new VisibleTextWrapper(ENGINE));
    return configuration;
  }

  /** Writes a text in UTF-8, piece by piece: a page with its scripts would be megabytes at once. */
  public static void encode(String text, OutputStream bytes) throws IOException {
    Writer out = new BufferedWriter(new OutputStreamWriter(bytes, StandardCharsets.UTF_8));
    out.write(text);
    out.flush();
  }

  /** As a browser hashes it: the characters between the tags, lines ended by LF. */
  private static String hash(String text) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      encode(text, new DigestOutputStream(OutputStream.nullOutputStream(), digest));
      return "sha256-" + Base64.getEncoder().encodeToString(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Cleans every text on its way into the template, so that no place in it can forget to. */
  private static final class VisibleTextWrapper extends DefaultObjectWrapper {
    VisibleTextWrapper(Version version) {
      super(version);
    }

    @Override
    public TemplateModel wrap(@Nullable Object object) throws TemplateModelException {
      return object instanceof String text
          ? new SimpleScalar(VisibleText.of(text))
          : super.wrap(object);
    }
  }
}
