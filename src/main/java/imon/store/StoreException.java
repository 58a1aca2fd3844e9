package imon.store;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The database failed, or cannot be used; the message is one line that says what to do. */
public final class StoreException extends IOException {
  private static final long serialVersionUID = 1;

  public StoreException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
