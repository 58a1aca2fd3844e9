package imon.live.device;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;

/**
 * Whether a device is up, asked of Linux through the descriptor that captures from it, so that the
 * answer is that of its network namespace. Java itself knows only devices that have an address.
 */
final class DeviceFlags {
  private static final long GET_FLAGS = 0x8913; // SIOCGIFFLAGS
  private static final int REQUEST_LENGTH = 40; // struct ifreq
  private static final int NAME_LENGTH = 16;
  private static final int UP = 1; // IFF_UP

  static {
    Native.register(DeviceFlags.class, NativeLibrary.getInstance(Platform.C_LIBRARY_NAME));
  }

  private DeviceFlags() {}

  private static native int ioctl(int descriptor, long request, long argument);

  /** Also true where nobody knows: elsewhere than on Linux, and for {@code any}. */
  static boolean isUp(int descriptor, String device) {
    byte[] name = device.getBytes(StandardCharsets.UTF_8);
    if (!Platform.isLinux() || name.length >= NAME_LENGTH) {
      return true;
    }
    try (Memory request = new Memory(REQUEST_LENGTH)) {
      request.clear();
      request.write(0, name, 0, name.length);
      boolean known = ioctl(descriptor, GET_FLAGS, Pointer.nativeValue(request)) == 0;
      return !known || (request.getShort(NAME_LENGTH) & UP) != 0;
    }
  }
}
