/**
 * The generator of {@code sample-captures/}. Main type: {@link imon.samples.MakeSamples}.
 *
 * <p>Scenes tell what happened on a network and at once keep the truth about it: every packet is
 * sent on behalf of a flow that declares its own site and evidence, so the truth is what was
 * intended and nothing here ever decodes a packet. Everything is seeded and starts at a fixed time:
 * the same code writes the same bytes. Nothing here uses the program under test.
 */
@NullMarked
package imon.samples;

import org.jspecify.annotations.NullMarked;
