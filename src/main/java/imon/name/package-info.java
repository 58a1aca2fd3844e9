/**
 * Hosts, sites, and the kinds of evidence. Main types: {@link imon.name.NameTable} (bytes on the
 * wire to a host), {@link imon.name.NamedHost} (a user's words to a host), {@link imon.name.Sites}
 * (host to site), {@link imon.name.Evidence}, and {@link imon.name.TextTable} for the names of
 * devices, which are no hosts. {@link imon.name.AddressNames}, {@link imon.name.HostsFile}, {@link
 * imon.name.NetworkOwners} and {@link imon.name.ServicePorts} hold what is known from outside of
 * packets.
 *
 * <p>A host is ASCII (xn--), lower case, without port or final dot; an address literal is no host.
 * A table or a database belongs to one thread; the rest has no state. Nothing here throws on any
 * bytes of a capture, looks a name up on a network, or keeps a buffer it was given.
 */
@NullMarked
package imon.name;

import org.jspecify.annotations.NullMarked;
