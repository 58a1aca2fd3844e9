package imon.name.service;

/**
 * What a flow carries. The code is what a store keeps and never changes; the label is what reports
 * show, the same as in the table of ports where that has the service.
 */
public enum Service {
  SSH(1, "ssh"),
  SMTP(2, "smtp"),
  FTP(3, "ftp"),
  POP3(4, "pop3"),
  IMAP(5, "imap"),
  RTSP(6, "rtsp"),
  SIP(7, "sip"),
  BITTORRENT(8, "bittorrent"),
  STUN(9, "stun"),
  DTLS(10, "dtls"),
  WIREGUARD(11, "wireguard"),
  OPENVPN(12, "openvpn"),
  IPSEC(13, "ipsec"),
  NTP(14, "ntp"),
  RDP(15, "rdp"),
  VNC(16, "vnc"),
  MYSQL(17, "mysql"),
  POSTGRESQL(18, "postgresql"),
  REDIS(19, "redis"),
  MQTT(20, "mqtt"),
  MEMCACHED(21, "memcached"),
  SMB(22, "smb"),
  TEAMVIEWER(23, "teamviewer"),
  RTP(24, "rtp"),
  SSDP(25, "ssdp"),
  NETBIOS_NAME(26, "netbios-ns"),
  NETBIOS_DATAGRAM(27, "netbios-dgm"),
  NETBIOS_SESSION(28, "netbios-ssn"),
  TLS(29, "tls"),
  HTTP(30, "http"),
  DNS(31, "dns"),
  DHCP(32, "dhcp");

  /**
   * Bits of the codes of services whose connection may have a request of HTTP or SOCKS yet: HTTP
   * itself; RTSP, as receivers of AirPlay take both on one connection; STUN, which opens a relay
   * for anything (RFC 6062, section 4.3). Bit 0: no service was shown.
   */
  private static final long LEADING_TO_HTTP =
      1L | 1L << HTTP.code | 1L << RTSP.code | 1L << STUN.code;

  private final int code;
  private final String label;

  Service(int code, String label) {
    this.code = code;
    this.label = label;
  }

  /**
   * Whether clear HTTP or SOCKS may follow in a connection that has shown a service; in a mail or a
   * file that another one carries, a request is only text.
   *
   * @param code of that service, 0 for none
   */
  public static boolean mayLeadToHttp(int code) {
    return (LEADING_TO_HTTP >>> code & 1) != 0;
  }

  public int code() {
    return code;
  }

  public String label() {
    return label;
  }
}
