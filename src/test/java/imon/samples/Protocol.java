package imon.samples;

import java.util.Locale;

/** Protocols above IP, by their number in IANA's registry. */
enum Protocol {
  ICMP(1),
  TCP(6),
  UDP(17),
  GRE(47),
  ICMPV6(58);

  private final int number;

  Protocol(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  /** Whether its header begins with two port numbers. */
  boolean hasPorts() {
    return this == TCP || this == UDP;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
