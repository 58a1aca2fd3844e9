package imon.samples;

import static imon.samples.Network.LAPTOP;
import static imon.samples.Network.internet;

import java.nio.ByteOrder;

/** Protocols that speak in the clear before they turn to TLS. */
final class StartTlsSamples {
  private static final String MAIL = "tidepost.org";
  private static final String STORE = "meadowvault.com";
  private static final Host SERVER = internet("203.0.113.14");

  /** CLIENT_PROTOCOL_41, CLIENT_SSL, CLIENT_SECURE_CONNECTION. */
  private static final int MYSQL_CAPABILITIES = 0x0000_8a00;

  private static final String XMPP_STREAM =
      "<stream:stream to='quillandquay.org' xmlns='jabber:client'"
          + " xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>";

  private final Scene scene = new Scene(121);

  private StartTlsSamples() {}

  static Sample sample() {
    StartTlsSamples story = new StartTlsSamples();
    story.smtp();
    story.imap();
    story.pop3();
    story.ftp();
    story.ldap();
    story.xmpp();
    story.postgresql();
    story.mysql();
    return Sample.pcap(
        "starttls.pcap",
        "TLS after clear talk: SMTP, IMAP, POP3, FTP, LDAP, XMPP, PostgreSQL, MySQL.",
        Link.ETHERNET.type(),
        story.scene.trace());
  }

  private void smtp() {
    Name name = Name.of("smtp", MAIL);
    TcpConversation talk = talk(1, 25, name);
    server(talk, "220 smtp.tidepost.org ESMTP\r\n");
    client(talk, "EHLO laptop.home.arpa\r\n");
    server(talk, "250-smtp.tidepost.org\r\n250-SIZE 52428800\r\n250 STARTTLS\r\n");
    client(talk, "STARTTLS\r\n");
    server(talk, "220 go ahead\r\n");
    secure(talk, name);
  }

  private void imap() {
    Name name = Name.of("imap", MAIL);
    TcpConversation talk = talk(2, 143, name);
    server(talk, "* OK [CAPABILITY IMAP4rev1 STARTTLS] ready\r\n");
    client(talk, "a1 CAPABILITY\r\n");
    server(talk, "* CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED\r\na1 OK done\r\n");
    client(talk, "a2 STARTTLS\r\n");
    server(talk, "a2 OK begin\r\n");
    secure(talk, name);
  }

  private void pop3() {
    Name name = Name.of("pop", MAIL);
    TcpConversation talk = talk(3, 110, name);
    server(talk, "+OK POP3 ready\r\n");
    client(talk, "STLS\r\n");
    server(talk, "+OK begin\r\n");
    secure(talk, name);
  }

  private void ftp() {
    Name name = Name.of("files", STORE);
    TcpConversation talk = talk(4, 21, name);
    server(talk, "220 FTP server ready\r\n");
    client(talk, "AUTH TLS\r\n");
    server(talk, "234 proceed\r\n");
    secure(talk, name);
  }

  /** An extended request by its object identifier, and its response (RFC 4511, section 4.14). */
  private void ldap() {
    Name name = Name.of("directory", STORE);
    TcpConversation talk = talk(5, 389, name);
    talk.clientSends(
        new Octets()
            .u16(0x301d)
            .u24(0x020101)
            .u16(0x7718)
            .u16(0x8016)
            .text("1.3.6.1.4.1.1466.20037")
            .toArray());
    talk.serverSends(
        new Octets()
            .u16(0x300c)
            .u24(0x020101)
            .u16(0x7807)
            .u24(0x0a0100)
            .u32(0x0400_0400L)
            .toArray());
    secure(talk, name);
  }

  private void xmpp() {
    Name name = Name.of("chat", "quillandquay.org");
    TcpConversation talk = talk(6, 5222, name);
    client(talk, "<?xml version='1.0'?>" + XMPP_STREAM);
    server(talk, XMPP_STREAM + "<stream:features><starttls xmlns='x'/></stream:features>");
    client(talk, "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
    server(talk, "<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
    secure(talk, name);
  }

  /** The client does not wait for the answer: request and hello are in one segment. */
  private void postgresql() {
    Name name = Name.of("rows", STORE);
    byte[] request = new Octets().u32(8).u16(1234).u16(5679).toArray();
    byte[] hello = TlsMessages.deviceHello(name.host(), scene.random());
    TcpConversation talk = talk(7, 5432, name);
    talk.clientSends(Octets.concat(request, hello));
    server(talk, "S");
    goesOn(talk);
  }

  private void mysql() {
    Name name = Name.of("tables", STORE);
    byte[] greeting =
        new Octets(ByteOrder.LITTLE_ENDIAN).u8(10).text("8.0.36\0").u32(9).zeros(64).toArray();
    byte[] request =
        new Octets(ByteOrder.LITTLE_ENDIAN)
            .u32(MYSQL_CAPABILITIES)
            .u32(0x0100_0000L)
            .u8(45)
            .zeros(23)
            .toArray();
    TcpConversation talk = talk(8, 3306, name);
    talk.serverSends(mysqlPacket(0, greeting));
    talk.clientSends(mysqlPacket(1, request));
    secure(talk, name);
  }

  private static byte[] mysqlPacket(int number, byte[] content) {
    return new Octets(ByteOrder.LITTLE_ENDIAN)
        .u24(content.length)
        .u8(number)
        .bytes(content)
        .toArray();
  }

  private TcpConversation talk(double second, int port, Name name) {
    ExpectedFlow flow =
        ExpectedFlow.tcp(LAPTOP.port(scene.freePort()), SERVER.port(port)).named(Naming.tls(name));
    return new TcpConversation(scene, flow, Scene.at(second)).open();
  }

  private static void client(TcpConversation talk, String text) {
    talk.clientSends(new Octets().text(text).toArray());
  }

  private static void server(TcpConversation talk, String text) {
    talk.serverSends(new Octets().text(text).toArray());
  }

  private void secure(TcpConversation talk, Name name) {
    talk.clientSends(TlsMessages.deviceHello(name.host(), scene.random()));
    goesOn(talk);
  }

  private void goesOn(TcpConversation talk) {
    talk.serverSends(TlsMessages.serverFlight(scene.random()));
    talk.clientSends(TlsMessages.clientFinished(scene.random()));
    talk.close();
  }
}
