/**
 * Capturing from the command line: {@link imon.cli.capture.CaptureCommand} and {@link
 * imon.cli.capture.InterfacesCommand}. Libpcap is loaded by what they call, never by their being
 * there.
 */
@NullMarked
package imon.cli.capture;

import org.jspecify.annotations.NullMarked;
