package imon.report;

import java.util.List;

/** Names that try to be more than names, in each kind of file a report is written to. */
final class HostileText {
  private HostileText() {}

  static List<String> all() {
    return List.of(
        "<script>alert(1)</script>",
        "</script><script>alert(1)</script>",
        "<!--<script>",
        "\"'`|\\",
        "\"} 1\nimon_site_bytes{site=\"x",
        "evil\u202egnp.example",
        "two\nlines\r\nthree\u2028four\u0085five",
        "=cmd|' /C calc'!A0",
        "@SUM(1+1)",
        "\u001b]0;title\u0007\u001b[2J",
        "${7*7}<#assign x=1>",
        "[x](javascript:alert(1))",
        "a".repeat(255),
        "s".repeat(16 * 1024),
        "caf\u00e9-\u4f8b.example");
  }
}
