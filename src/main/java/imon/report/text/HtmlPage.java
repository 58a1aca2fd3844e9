package imon.report.text;

import freemarker.cache.ClassTemplateLoader;
import freemarker.cache.FileTemplateLoader;
import freemarker.cache.MultiTemplateLoader;
import freemarker.cache.TemplateLoader;
import freemarker.core.HTMLOutputFormat;
import freemarker.core.TemplateClassResolver;
import freemarker.template.Configuration;
import freemarker.template.DefaultObjectWrapper;
import freemarker.template.SimpleScalar;
import freemarker.template.Template;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import freemarker.template.TemplateModel;
import freemarker.template.TemplateModelException;
import freemarker.template.Version;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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

  public HtmlPage(PageTemplates templates) {
    this.templates = templates;
  }

  /**
   * Writes a page as text.
   *
   * @param name of a template
   * @param model what the template knows; {@code style}, {@code style_hash} and {@code scripts}
   *     (text and hash of each) are added
   * @param scripts names of the files that are to run in the page, in this order
   * @throws IOException from {@code out}, or when the template fails, with its line
   */
  public void write(String name, Map<String, Object> model, List<String> scripts, Writer out)
      throws IOException {
    Map<String, Object> page = new HashMap<>(model);
    Template template = configuration().getTemplate(name);
    try {
      String style = templates.text(STYLE);
      page.put("style_hash", hash(style));
      page.put("style", markup(style));
      page.put("scripts", scripts(scripts));
      template.process(page, out);
    } catch (TemplateException e) {
      throw new IOException("template " + name + ": " + e.getMessageWithoutStackTop(), e);
    }
    out.flush();
  }

  /** Text that stands in a page as it is. */
  public static Object markup(String text) {
    try {
      return HTMLOutputFormat.INSTANCE.fromMarkup(text);
    } catch (TemplateModelException e) {
      throw new IllegalStateException("text is always markup", e);
    }
  }

  private List<Map<String, Object>> scripts(List<String> names) throws IOException {
    List<Map<String, Object>> scripts = new ArrayList<>();
    for (String name : names) {
      String text = templates.text(name);
      if (text.toLowerCase(Locale.ROOT).contains("</script")) {
        throw new IOException(name + ": a script in a page cannot have the end of a script in it");
      }
      scripts.add(Map.of("text", markup(text), "hash", hash(text)));
    }
    return scripts;
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

  /** As a browser hashes it: the characters between the tags, lines ended by LF. */
  private static String hash(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] sum = digest.digest(text.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(sum);
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
