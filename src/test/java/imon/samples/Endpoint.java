package imon.samples;

/** One end of a conversation: a host, and a port or, for ICMP echo, the identifier. */
record Endpoint(Host host, int port) {}
