package imon.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A real browser for pages that imon wrote; tests that need one are skipped where it is not. */
public final class Chromium implements AutoCloseable {
  /** The first does the same in half the time. */
  private static final List<Path> PROGRAMS =
      List.of(Path.of("/usr/bin/chromium-headless-shell"), Path.of("/usr/bin/chromium"));

  private final Playwright playwright;
  private final Browser browser;

  /** Skips or fails the calling test where there is no Chromium. */
  public Chromium() {
    Optional<Path> program = PROGRAMS.stream().filter(Files::isExecutable).findFirst();
    Environment.requireOrSkip(
        program.isPresent(), "Chromium (Debian package chromium-headless-shell or chromium)");
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(program.orElseThrow())
                    .setArgs(List.of("--no-sandbox")));
  }

  /** Opens a file as anyone would. */
  public Opened open(Path file) {
    return open(file, new Browser.NewContextOptions());
  }

  /** Opens it in a browser that prefers dark pages, or light ones. */
  public Opened open(Path file, ColorScheme colours) {
    return open(file, new Browser.NewContextOptions().setColorScheme(colours));
  }

  /** Opens it in a browser without JavaScript. */
  public Opened openWithoutScript(Path file) {
    return open(file, new Browser.NewContextOptions().setJavaScriptEnabled(false));
  }

  private Opened open(Path file, Browser.NewContextOptions options) {
    BrowserContext context = browser.newContext(options);
    Opened opened = new Opened(context.newPage(), new CopyOnWriteArrayList<>());
    String address = file.toUri().toString();
    opened.page.onConsoleMessage(message -> opened.faults.add(message.text()));
    opened.page.onPageError(opened.faults::add);
    opened.page.onDialog(
        dialog -> {
          opened.faults.add("dialog: " + dialog.message());
          dialog.dismiss();
        });
    opened.page.onRequest(
        request -> {
          if (!request.url().equals(address)) {
            opened.faults.add("request: " + request.url());
          }
        });
    opened.page.navigate(address);
    return opened;
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }

  /**
   * An open page.
   *
   * @param faults what was written to its console (violations of its policy, too), thrown in it, or
   *     asked of a network
   */
  public record Opened(Page page, List<String> faults) implements AutoCloseable {
    /** Fails the test when something went wrong in the page. */
    public void assertQuiet() {
      assertEquals(List.of(), faults);
    }

    /** The text of the first element that a CSS selector finds. */
    public String text(String css) {
      return page.locator(css).first().textContent().trim();
    }

    @Override
    public void close() {
      page.context().close();
    }
  }
}
