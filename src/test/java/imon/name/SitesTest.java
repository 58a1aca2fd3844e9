package imon.name;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SitesTest {
  @ParameterizedTest
  @CsvSource({
    "example.com, example.com",
    "www.example.com, example.com",
    "a.b.c.example.com, example.com",
    "foo.bar.co.uk, bar.co.uk",
    "user.github.io, github.io",
    "a.user.github.io, github.io",
    "bucket.s3.amazonaws.com, amazonaws.com",
    "www.city.kawasaki.jp, city.kawasaki.jp",
    "www.a.b.kawasaki.jp, a.b.kawasaki.jp"
  })
  void theSiteIsTheRegistrableDomainOfTheRegistry(String host, String site) {
    assertEquals(site, Sites.siteOf(host));
  }

  @ParameterizedTest
  @CsvSource({"co.uk", "com", "in-addr.arpa", "x.kawasaki.jp"})
  void aSuffixIsItsOwnSite(String host) {
    assertEquals(host, Sites.siteOf(host));
  }

  @ParameterizedTest
  @CsvSource({"printer", "printer.local", "a.printer.local", "_ipp._tcp.local", "local"})
  void aSingleLabelOrALocalNameIsItsOwnSite(String host) {
    assertEquals(host, Sites.siteOf(host));
  }

  @ParameterizedTest
  @CsvSource({
    "nas.lan, nas.lan",
    "a.nas.lan, nas.lan",
    "a.b.internal-only, b.internal-only",
    "notlocal.mylocal, notlocal.mylocal",
    "a.b.1c, b.1c"
  })
  void underAnUnknownTopLevelDomainTheSiteIsTheLastTwoLabels(String host, String site) {
    assertEquals(site, Sites.siteOf(host));
  }

  @ParameterizedTest
  @CsvSource({
    "_dmarc.example.com, example.com",
    "_443._https.www.bar.co.uk, bar.co.uk",
    "a.-b-.example.com, example.com",
    "www._odd.com, _odd.com",
    "a._odd.co.uk, _odd.co.uk"
  })
  void labelsNoRegistrySellsDoNotHideTheSite(String host, String site) {
    assertEquals(site, Sites.siteOf(host));
  }

  @Test
  void suffixesInAsciiFormCountAsTheirUnicodeForm() {
    assertEquals("a.xn--55qx5d.cn", Sites.siteOf("www.a.xn--55qx5d.cn"));
    assertEquals("xn--bcher-kva.xn--p1ai", Sites.siteOf("www.xn--bcher-kva.xn--p1ai"));
  }

  @Test
  void arpaFollowsTheList() {
    assertEquals("192.in-addr.arpa", Sites.siteOf("1.2.0.192.in-addr.arpa"));
    assertEquals("nas.home.arpa", Sites.siteOf("www.nas.home.arpa"));
  }

  @Test
  void anyTextHasASiteThatIsItsEnd() {
    Random random = new Random(2);
    String alphabet = "ab1-_..xn";
    String[] ends = {"", ".com", ".co.uk", ".local", ".xn--p1ai", ".jp", ".1"};
    for (int i = 0; i < 50_000; i++) {
      StringBuilder host = new StringBuilder();
      int length = random.nextInt(300);
      for (int c = 0; c < length; c++) {
        host.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      host.append(ends[random.nextInt(ends.length)]);
      String site = Sites.siteOf(host.toString());
      assertTrue(host.toString().endsWith(site), () -> host + " -> " + site);
    }
  }
}
