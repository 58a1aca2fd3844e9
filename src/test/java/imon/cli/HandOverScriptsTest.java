package imon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import imon.cli.output.ExitCode;
import imon.testing.LongTest;
import imon.testing.Programs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts that docs/nightly.md prints, run by a job; servers on loopback are at their end. */
class HandOverScriptsTest {
  private static final Path DOCUMENT = Path.of("docs", "nightly.md");
  private static final Instant MORNING = Instant.parse("2026-03-03T06:00:00Z");
  private static final String INDENT = "    ";
  private static final String SENDMAIL = "/usr/sbin/sendmail";

  @TempDir private Path home;
  private Path report;

  @BeforeEach
  void capture() throws IOException {
    Path captures = Files.createDirectory(home.resolve("captures"));
    Files.copy(Program.SAMPLES.resolve("ech.pcap"), captures.resolve("ech.pcap"));
    report = home.resolve("reports/2026-03-02/report.html");
  }

  /** The blocks of code below a heading. */
  private static List<String> blocks(String heading) throws IOException {
    List<String> blocks = new ArrayList<>();
    boolean below = false;
    boolean inBlock = false;
    for (String line : Files.readAllLines(DOCUMENT)) {
      boolean isCode = line.startsWith(INDENT);
      below = line.startsWith("#") ? line.equals(heading) : below;
      if (below && isCode) {
        String before = inBlock ? blocks.remove(blocks.size() - 1) : "";
        blocks.add(before + line.substring(INDENT.length()) + "\n");
      }
      inBlock = isCode;
    }
    return blocks;
  }

  /** Fails when there is nothing to replace: then the document has changed. */
  private static String replaced(String text, String what, String by) {
    assertTrue(text.contains(what), () -> what + " is not in\n" + text);
    return text.replace(what, by);
  }

  private Program run(String script, String argument) throws IOException {
    Path file = Files.writeString(home.resolve("hand-over"), script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    Path job =
        Files.writeString(
            home.resolve("night.toml"),
            """
            timezone = "UTC"
            [captures]
            folder = "captures"
            [store]
            file = "imon.db"
            [report]
            folder = "reports/{date}"
            [after_report]
            command = ["%s", "%s"]
            time_limit = "60s"
            """
                .formatted(file, argument));
    return Program.runAt(MORNING, "job", "run", job);
  }

  private static String mailScript() throws IOException {
    return blocks("### By mail").get(0);
  }

  /** With the client of SMTP in the place of sendmail, as the document has it below the script. */
  private static String mailScriptWithCurl(SmtpServer server) throws IOException {
    Programs.required("curl", "curl");
    String client = blocks("### By mail").get(1);
    String script = replaced(mailScript(), "} | " + SENDMAIL + " -t\n", client);
    return replaced(script, "smtp://localhost", "smtp://127.0.0.1:" + server.port());
  }

  private void assertIsTheReport(SmtpServer.Mail mail) throws IOException {
    assertEquals("you@example.com", mail.recipient());
    int body = mail.text().indexOf("\n\n");
    List<String> head = mail.text().substring(0, body).lines().toList();
    assertTrue(head.contains("To: you@example.com"), head::toString);
    assertTrue(head.contains("Subject: traffic of 2026-03-02 (done)"), head::toString);
    assertEquals(
        Files.readString(report),
        new String(
            Base64.getMimeDecoder().decode(mail.text().substring(body)), StandardCharsets.UTF_8));
  }

  @Test
  void theReportComesByMail() throws Exception {
    try (SmtpServer server = SmtpServer.taking()) {
      run(mailScriptWithCurl(server), "you@example.com").done();
      SmtpServer.Mail mail = server.mails().remove();
      assertEquals("imon@example.com", mail.sender());
      assertIsTheReport(mail);
    }
  }

  @LongTest
  @Test
  void theReportComesByMailThroughSendmail() throws Exception {
    Path sendmail = Programs.required("msmtp", "msmtp");
    try (SmtpServer server = SmtpServer.taking()) {
      Path settings = home.resolve("msmtprc");
      Files.writeString(
          settings,
          "account default\nhost 127.0.0.1\nport %d\nfrom imon@example.com\n"
              .formatted(server.port()));
      run(replaced(mailScript(), SENDMAIL, sendmail + " --file=" + settings), "you@example.com")
          .done();
      assertIsTheReport(server.mails().remove());
    }
  }

  @LongTest
  @Test
  void aMailThatIsRefusedIsSentByTheNextRun() throws Exception {
    try (SmtpServer server = SmtpServer.refusing()) {
      Program night = run(mailScriptWithCurl(server), "you@example.com").ended(ExitCode.INCOMPLETE);
      assertTrue(night.err().contains("2026-03-02: not handed over"), night.err());
    }
    try (SmtpServer server = SmtpServer.taking()) {
      run(mailScriptWithCurl(server), "you@example.com").done();
      assertIsTheReport(server.mails().remove());
    }
  }

  /** What came with a request; its body byte by byte a character. */
  private record Request(String path, String authorization, String contentType, String body) {
    static Request of(HttpExchange exchange) throws IOException {
      return new Request(
          exchange.getRequestURI().getPath(),
          exchange.getRequestHeaders().getFirst("Authorization"),
          exchange.getRequestHeaders().getFirst("Content-Type"),
          new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
    }

    /** The file in it (RFC 7578). */
    String file() {
      String boundary = contentType.substring(contentType.indexOf("boundary=") + 9);
      int from = body.indexOf("\r\n\r\n") + 4;
      return body.substring(from, body.indexOf("\r\n--" + boundary, from));
    }
  }

  private static HttpServer tickets(int status, BlockingQueue<Request> requests)
      throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          requests.add(Request.of(exchange));
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
    return server;
  }

  private String ticketScript(HttpServer server) throws IOException {
    Programs.required("curl", "curl");
    Path token = Files.writeString(home.resolve("token"), "open-sesame\n");
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    String script = replaced(blocks("### To a ticket").get(0), "https://tickets.example.com", url);
    return replaced(script, "/etc/imon/token", token.toString());
  }

  @LongTest
  @Test
  void theReportIsAttachedToATicketByteByByte() throws IOException {
    BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
    HttpServer server = tickets(201, requests);
    try {
      run(ticketScript(server), "NET-42").done();
    } finally {
      server.stop(0);
    }
    Request request = requests.remove();
    assertEquals("/api/issues/NET-42/attachments", request.path());
    assertEquals("Bearer open-sesame", request.authorization());
    assertEquals(Files.readString(report, StandardCharsets.ISO_8859_1), request.file());
    assertTrue(requests.isEmpty());
  }

  @LongTest
  @Test
  void aTicketSystemThatFailsLeavesTheReportToTheNextRun() throws IOException {
    BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
    HttpServer server = tickets(500, requests);
    try {
      Program night = run(ticketScript(server), "NET-42").ended(ExitCode.INCOMPLETE);
      assertTrue(night.err().contains("hand-over: exit code 22\n"), night.err());
      run(ticketScript(server), "NET-42").ended(ExitCode.INCOMPLETE);
    } finally {
      server.stop(0);
    }
    assertEquals(2, requests.size());
  }
}
