package imon.live.device;

import java.util.List;
import java.util.OptionalInt;

/**
 * Something to capture from.
 *
 * @param state {@code up}, {@code no carrier} or {@code down}
 * @param linkType a LINKTYPE_ value; empty when it could not be opened
 * @param addresses its IP addresses as text, RFC 5952
 * @param description libpcap's words; empty for none
 */
public record Device(
    String name, String state, OptionalInt linkType, List<String> addresses, String description) {}
