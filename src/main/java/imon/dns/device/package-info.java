/**
 * Messages in which the devices of a link tell their name, their address or their link address:
 * DHCP and NetBIOS. Each main type is a view that is wrapped around one message after another, like
 * {@link imon.dns.DnsMessage}: owned by one thread, it never throws on any bytes, keeps what was
 * read before a cut, and allocates only names not seen before. {@link imon.dns.device.SeenBy} ranks
 * these names.
 *
 * <p>Names are text to show, not hosts. It does not keep leases, and does not decide which address
 * is whose.
 */
@NullMarked
package imon.dns.device;

import org.jspecify.annotations.NullMarked;
