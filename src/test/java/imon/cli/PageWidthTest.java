package imon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import imon.testing.Chromium;
import imon.testing.Chromium.Opened;
import imon.testing.LongTest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The HTML report on screens of every width, in a real browser. */
class PageWidthTest {
  /** Some from 320 to 1600, and the narrowest of each layout. */
  private static final int[] WIDTHS =
      IntStream.concat(IntStream.rangeClosed(16, 80).map(i -> i * 20), IntStream.of(369, 737, 993))
          .toArray();

  /** The widest texts that figures have, wherever the table of sites has figures. */
  private static final String WIDEN =
      """
      () => {
        const put = (css, text) =>
          document.querySelectorAll('#site-table ' + css).forEach((e) => (e.textContent = text));
        document.querySelectorAll('details').forEach((details) => (details.open = true));
        document.querySelectorAll('[data-col=range]').forEach((range) => (range.hidden = false));
        put('[data-col=exact]', '');
        put('data, [data-col=possible]', '1023 KiB');
        put('[data-col=share]', '> 99.9 %');
        put('[data-col=connections]', '1,234,567');
      }""";

  private static final String CUT =
      """
      () => [...document.querySelectorAll('.scroll')]
        .filter((scroll) => scroll.scrollWidth > scroll.clientWidth && !scroll.closest('.by-capture'))
        .map((scroll) => scroll.closest('section').id)
        .concat(document.documentElement.scrollWidth > innerWidth ? ['page'] : [])""";

  /** How wide the page is once its window has become narrow, before its chart is drawn anew. */
  private static final String NARROWED =
      """
      () => new Promise((answer) => {
        const style = document.body.style;
        Object.assign(style, { width: '1600px', maxWidth: 'none' });
        const wide = () => document.querySelector('#chart canvas').clientWidth > innerWidth;
        const narrow = () => {
          Object.assign(style, { width: '', maxWidth: '' });
          answer(wide() && document.documentElement.scrollWidth);
        };
        const wait = () => (wide() ? narrow() : requestAnimationFrame(wait));
        wait();
      })""";

  @TempDir private Path folder;

  @LongTest
  @Test
  void noTableIsWiderThanTheScreen() {
    Path report = folder.resolve("report.html");
    Program.run("analyze", Program.SAMPLES.resolve("browsing.pcap"), "--html", report).done();
    try (Chromium chromium = new Chromium();
        Opened opened = chromium.open(report)) {
      assertEquals(List.of(), cut(opened));
      opened.page().setViewportSize(369, 800);
      assertEquals(369, opened.page().evaluate(NARROWED));
      opened.page().evaluate(WIDEN);
      assertEquals(List.of(), cut(opened));
      opened.assertQuiet();
    }
  }

  /** At which widths what cannot be seen without scrolling sideways. */
  private static List<String> cut(Opened opened) {
    List<String> cut = new ArrayList<>();
    for (int width : WIDTHS) {
      opened.page().setViewportSize(width, 800);
      for (Object what : (List<?>) opened.page().evaluate(CUT)) {
        cut.add(what + " at " + width);
      }
    }
    return cut;
  }
}
