/**
 * Views of link layers, and of what capturing programs put before them. Each is an {@link
 * imon.wire.Encapsulation} under the contract of {@link imon.wire}: it says what it carries, and
 * where. A frame of a sound header that carries nothing to be opened (management, encrypted, a
 * later part) carries {@link imon.wire.EtherType#NOTHING}.
 *
 * <p>A trailing frame check sequence is left in the payload: network headers say their own length.
 */
@NullMarked
package imon.wire.link;

import org.jspecify.annotations.NullMarked;
