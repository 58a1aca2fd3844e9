package imon.name;

import imon.wire.Addresses;
import org.jspecify.annotations.Nullable;

/**
 * What the DNS calls an address when it is asked.
 *
 * @param address which was asked for
 * @param name in the normal form of {@link NameTable}; null when the address has no name
 */
public record ReverseAnswer(Addresses.Words address, @Nullable String name) {}
