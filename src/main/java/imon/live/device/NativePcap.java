package imon.live.device;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;

/**
 * The functions of libpcap that pcap4j does not offer. Pointers are 64 bits wide. Loading this
 * class loads libpcap, or throws a LinkageError.
 */
final class NativePcap {
  private static final NativeLibrary LIBRARY =
      NativeLibrary.getInstance(System.getProperty("org.pcap4j.core.pcapLibName", "pcap"));

  /**
   * Address of libpcap's function that writes one packet to a stream. Given to {@link
   * #pcap_dispatch} as its callback, no packet enters Java.
   */
  static final long DUMP = Pointer.nativeValue(LIBRARY.getFunction("pcap_dump"));

  static {
    Native.register(NativePcap.class, LIBRARY);
  }

  private NativePcap() {}

  static native int pcap_dispatch(long handle, int count, long callback, long user);

  static native long pcap_dump_fopen(long handle, long stream);

  static native int pcap_get_selectable_fd(long handle);

  static native long pcap_fopen_offline(long stream, byte[] error);

  static native int pcap_compile(
      long handle, long program, String expression, int optimize, int netmask);

  static native void pcap_freecode(long program);

  static native String pcap_geterr(long handle);

  static native void pcap_close(long handle);
}
