/**
 * What a flow that names no site carries, told by its first bytes and never by its port. Main type:
 * {@link imon.name.service.ServiceProbe}. A signature stands here when a specification, or the
 * source of the one program that speaks the protocol, fixes enough bits that other traffic hardly
 * has them; what is only likely has none, since a false answer is worse than a missing one.
 *
 * <p>No state, no allocation, no exception on any bytes.
 */
@NullMarked
package imon.name.service;

import org.jspecify.annotations.NullMarked;
