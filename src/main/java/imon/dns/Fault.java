package imon.dns;

/** Why a message was not read to its end; what was read before the fault stands. */
public enum Fault {
  /** Everything the message announces was there, or was not needed. */
  NONE,
  /**
   * The bytes end before the message does: snap length, a lost segment, or counts that promise too
   * much.
   */
  CUT,
  /**
   * A name or a record breaks its format. A fault within one record's own bytes costs that record,
   * any other ends the reading.
   */
  MALFORMED,
  /** More addresses or aliases than imon keeps of one message. */
  LIMITED
}
