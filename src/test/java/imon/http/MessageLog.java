package imon.http;

import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** The events as one line of text: {@code >0@0 host <0@0 ... end}. */
final class MessageLog implements MessageEvents {
  private final StringJoiner line = new StringJoiner(" ");
  private String end = "open";
  private int requests;

  @Override
  public void request(
      int number, long offset, @Nullable String host, boolean addressed, Asked asked) {
    line.add(">" + number + "@" + offset)
        .add(prefix(asked) + (addressed && host == null ? "address" : host));
    requests++;
  }

  private static String prefix(Asked asked) {
    return switch (asked) {
      case SERVER -> "";
      case PROXY -> "http://";
      case TUNNEL -> "CONNECT ";
    };
  }

  @Override
  public void response(int number, long offset) {
    line.add("<" + number + "@" + offset);
  }

  @Override
  public void end(End why) {
    line.add(why.name());
    end = why.name();
  }

  String end() {
    return end;
  }

  int requests() {
    return requests;
  }

  @Override
  public String toString() {
    return line.toString();
  }
}
