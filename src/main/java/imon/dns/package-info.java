/**
 * DNS messages (RFC 1035, RFC 6762, RFC 9460) as they stand in captures, and what they prove: which
 * name a client asked and which addresses it was told, what an address is called, which public name
 * stands before a site, and what the devices of a link call themselves. Main type: {@link
 * imon.dns.DnsMessage}, a view that is wrapped around one message after another; owned by one
 * thread, it never throws on any bytes and allocates only names not seen before.
 *
 * <p>It is lenient by record: a faulty or cut record costs no other record before it. It does not
 * match answers to queries, reassemble TCP, check DNSSEC, or make messages; records that name
 * nothing are stepped over.
 */
@NullMarked
package imon.dns;

import org.jspecify.annotations.NullMarked;
