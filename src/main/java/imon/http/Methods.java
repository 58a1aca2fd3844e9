package imon.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.stream.Stream;

/**
 * The request methods that start a request for us: those of the IANA registry and a few that are
 * common without being in it.
 */
final class Methods {
  /** More bytes may make it a method. */
  static final int POSSIBLE = 0;

  static final int NONE = -1;

  /** Each with the space that ends it; the frequent ones first. */
  private static final byte[][] METHODS =
      Stream.of(
              // RFC 9110, section 9; RFC 5789
              "GET POST HEAD PUT OPTIONS CONNECT DELETE PATCH TRACE",
              // WebDAV and what builds on it: RFC 4918, 3253, 3648, 3744, 4437, 4791, 5323, 5842,
              // 2068
              "PROPFIND PROPPATCH MKCOL COPY MOVE LOCK UNLOCK REPORT SEARCH MKCALENDAR ACL",
              "BASELINE-CONTROL CHECKIN CHECKOUT LABEL MERGE MKACTIVITY MKWORKSPACE UNCHECKOUT",
              "UPDATE VERSION-CONTROL ORDERPATCH MKREDIRECTREF UPDATEREDIRECTREF",
              "BIND REBIND UNBIND LINK UNLINK QUERY",
              // UPnP device architecture
              "M-SEARCH NOTIFY SUBSCRIBE UNSUBSCRIBE",
              // caches, and Microsoft's Exchange, RPC over HTTP and BITS
              "PURGE BAN RPC_IN_DATA RPC_OUT_DATA RDG_IN_DATA RDG_OUT_DATA RPC_CONNECT",
              "BITS_POST CCM_POST SMS_POST BCOPY BDELETE BMOVE BPROPFIND BPROPPATCH POLL")
          .flatMap(line -> Stream.of(line.split(" ")))
          .map(method -> (method + " ").getBytes(US_ASCII))
          .toArray(byte[][]::new);

  private Methods() {}

  /**
   * The bytes of the method and its space at {@code offset}, {@code POSSIBLE} when that is cut,
   * {@code NONE} when there is none. Case counts.
   */
  static int length(byte[] buffer, int offset, int limit) {
    if (offset >= limit) {
      return POSSIBLE;
    }
    int result = NONE;
    for (byte[] method : METHODS) {
      if (method[0] == buffer[offset]) {
        int present = Math.min(method.length, limit - offset);
        if (Arrays.equals(method, 0, present, buffer, offset, offset + present)) {
          if (present == method.length) {
            return present;
          }
          result = POSSIBLE;
        }
      }
    }
    return result;
  }
}
