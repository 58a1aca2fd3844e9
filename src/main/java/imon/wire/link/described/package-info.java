/**
 * Views of what capturing systems put before a frame or a packet: where it was seen, and how. Each
 * is an {@link imon.wire.Encapsulation} under the contract of {@link imon.wire}.
 */
@NullMarked
package imon.wire.link.described;

import org.jspecify.annotations.NullMarked;
