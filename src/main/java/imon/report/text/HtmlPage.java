package imon.report.text;

import freemarker.cache.ClassTemplateLoader;
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
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/**
 * One HTML file that needs no script and no network. All text is escaped by the template engine; a
 * Content-Security-Policy in the file allows its one style sheet, by hash, and nothing else. The
 * style sheet is {@code templates/report.css}.
 */
public final class HtmlPage {
  private static final String FOLDER = "/templates";
  private static final String STYLE = FOLDER + "/report.css";
  private static final Version ENGINE = Configuration.VERSION_2_3_35;

  private HtmlPage() {}

  /**
   * Writes a page as text.
   *
   * @param name of a template in {@code templates}
   * @param model what the template knows; the style sheet is added
   * @throws IOException from {@code out}, or when the template fails, with its line
   */
  public static void write(String name, Map<String, Object> model, Writer out) throws IOException {
    String style = style();
    Map<String, Object> page = new HashMap<>(model);
    page.put("style_hash", hash(style));
    Template template = configuration().getTemplate(name);
    try {
      page.put("style", HTMLOutputFormat.INSTANCE.fromMarkup(style));
      template.process(page, out);
    } catch (TemplateException e) {
      throw new IOException("template " + name + ": " + e.getMessageWithoutStackTop(), e);
    }
    out.flush();
  }

  private static Configuration configuration() {
    Configuration configuration = new Configuration(ENGINE);
    configuration.setTemplateLoader(new ClassTemplateLoader(HtmlPage.class, FOLDER));
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

  private static String style() throws IOException {
    try (InputStream in = HtmlPage.class.getResourceAsStream(STYLE)) {
      if (in == null) {
        throw new FileNotFoundException(STYLE + " is missing from the program; install it again");
      }
      String style = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return style.replace("\r\n", "\n");
    }
  }

  /**
   * Of the style sheet as a browser hashes it: the characters between the tags, lines ended by LF.
   */
  private static String hash(String style) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] sum = digest.digest(style.getBytes(StandardCharsets.UTF_8));
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
