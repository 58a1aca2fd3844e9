package imon.pcap.identity;

/**
 * A capture that was read before.
 *
 * @param fingerprint digest of its unpacked bytes up to the end of its last whole record
 * @param bytes how many these are
 */
public record KnownCapture(String fingerprint, long bytes) {}
