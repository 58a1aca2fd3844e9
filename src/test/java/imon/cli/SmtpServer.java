package imon.cli;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A mail server on the loopback device that takes one mail at a time (RFC 5321), or refuses all. It
 * is strict: a line that does not end with CRLF ends the connection, as it does at servers that
 * guard against mails hidden in mails.
 */
final class SmtpServer implements AutoCloseable {
  /** A mail it has taken. */
  record Mail(String sender, String recipient, String text) {}

  private final ServerSocket listening;
  private final boolean refusing;
  private final BlockingQueue<Mail> mails = new LinkedBlockingQueue<>();

  private SmtpServer(boolean refusing) throws IOException {
    this.refusing = refusing;
    listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve, "smtp");
    thread.setDaemon(true);
    thread.start();
  }

  static SmtpServer taking() throws IOException {
    return new SmtpServer(false);
  }

  static SmtpServer refusing() throws IOException {
    return new SmtpServer(true);
  }

  int port() {
    return listening.getLocalPort();
  }

  /** The mails taken so far. */
  BlockingQueue<Mail> mails() {
    return mails;
  }

  private void serve() {
    while (!listening.isClosed()) {
      try (Socket client = listening.accept()) {
        new Conversation(client).hold();
      } catch (IOException ended) {
        // The client hung up, or the test is over.
      }
    }
  }

  private final class Conversation {
    private final InputStream in;
    private final OutputStream out;
    private String sender = "";
    private String recipient = "";

    Conversation(Socket client) throws IOException {
      in = new BufferedInputStream(client.getInputStream());
      out = client.getOutputStream();
    }

    /** Goes on until one of them hangs up. */
    void hold() throws IOException {
      say("220 ready");
      while (true) {
        answer(line());
      }
    }

    private void answer(String line) throws IOException {
      switch (line.substring(0, 4).toUpperCase(Locale.ROOT)) {
        case "EHLO", "HELO" -> say("250 hello");
        case "MAIL" -> {
          sender = path(line);
          say("250 known");
        }
        case "RCPT" -> {
          recipient = path(line);
          say(refusing ? "550 nobody of that name" : "250 known");
        }
        case "DATA" -> take();
        case "QUIT" -> say("221 bye");
        default -> say("502 not here");
      }
    }

    private void take() throws IOException {
      say("354 go on");
      StringBuilder text = new StringBuilder();
      for (String line = line(); !line.equals("."); line = line()) {
        text.append(line.startsWith(".") ? line.substring(1) : line).append('\n');
      }
      mails.add(new Mail(sender, recipient, text.toString()));
      say("250 taken");
    }

    private static String path(String line) {
      return line.substring(line.indexOf('<') + 1, line.indexOf('>'));
    }

    private void say(String line) throws IOException {
      out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
      out.flush();
    }

    /** A line without its end. */
    private String line() throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      int previous = -1;
      for (int next = in.read(); next >= 0; next = in.read()) {
        if (next == '\n') {
          return ended(bytes.toString(StandardCharsets.UTF_8), previous);
        }
        bytes.write(next);
        previous = next;
      }
      throw new IOException("hung up");
    }

    private String ended(String line, int previous) throws IOException {
      if (previous != '\r') {
        say("521 bare line feed");
        throw new IOException("bare line feed");
      }
      return line.substring(0, line.length() - 1);
    }
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
