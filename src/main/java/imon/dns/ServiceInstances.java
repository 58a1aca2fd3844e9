package imon.dns;

import imon.dns.device.SeenBy;
import imon.name.TextTable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Devices that announce themselves on their own link: by host name (RFC 6762), and by the names of
 * their services (RFC 6763, section 4.1), which people choose. Of the many kinds of service those
 * count whose instances are known to be called after their device.
 */
final class ServiceInstances {
  private static final int MAX_INSTANCES = 64;
  private static final byte[] LOCAL = labels("local");
  private static final byte[][] TRANSPORTS = {labels("_tcp"), labels("_udp")};

  /** The whole instance name is the device's, up to a bracket with an address or a number. */
  private static final byte[][] NAMED_AFTER_DEVICE =
      Stream.of(
              "_airplay _companion-link _device-info _workstation _ssh _sftp-ssh _smb _afpovertcp",
              "_rfb _nfs _ipp _ipps _printer _pdl-datastream _scanner _uscan _uscans _hap _adisk")
          .flatMap(line -> Stream.of(line.split(" ", -1)))
          .map(ServiceInstances::labels)
          .toArray(byte[][]::new);

  /** The device's name follows an identifier and {@code @}. */
  private static final byte[][] AFTER_AT = {labels("_raop"), labels("_sonos")};

  /** The device's name is the text {@code fn}; the instance name is an identifier. */
  private static final byte[][] FRIENDLY = {labels("_googlecast")};

  private static final byte[] FRIENDLY_KEY = "fn=".getBytes(StandardCharsets.US_ASCII);

  private final NamedAddresses devices;
  private final TextTable texts = new TextTable();

  /** Instances, and the host each is on; the friendly name of a service may come from its text. */
  private final long[] instance = new long[MAX_INSTANCES];

  private final @Nullable String[] instanceName = new @Nullable String[MAX_INSTANCES];
  private final @Nullable String[] instanceHost = new @Nullable String[MAX_INSTANCES];
  private final int[] instanceTtl = new int[MAX_INSTANCES];
  private int count;

  ServiceInstances(NamedAddresses devices) {
    this.devices = devices;
  }

  void clear() {
    count = 0;
  }

  /** Whether the name just gathered ends in {@code .local}. */
  static boolean isLocal(NameReader name) {
    return name.labelsLength() > LOCAL.length && endsWith(name, name.labelsLength(), LOCAL);
  }

  /**
   * Takes the name just gathered as the host that has an address, when it is one of the link's.
   * False when there is no room left.
   */
  boolean addHost(NameReader owner, long high, long low, int ttl) {
    int first = owner.labelsLength() == 0 ? 0 : 1 + owner.labels()[0];
    boolean single = first > 0 && first == owner.labelsLength();
    boolean local = isLocal(owner) && first + LOCAL.length == owner.labelsLength();
    if (!single && !local) {
      return true;
    }
    String name = texts.text(owner.labels(), 1, first);
    return name == null
        || devices.add(single ? SeenBy.LLMNR : SeenBy.MDNS_HOST, name, high, low, ttl);
  }

  /** The slot of the instance just gathered, -1 when it is none that tells a device's name. */
  int instance(NameReader owner, int ttl) {
    int service = owner.labelsLength() == 0 ? 0 : 1 + owner.labels()[0];
    if (!isLocal(owner) || !isServiceAt(owner, service)) {
      return -1;
    }
    long hash = owner.hash();
    for (int i = 0; i < count; i++) {
      if (instance[i] == hash) {
        return i;
      }
    }
    return isNaming(owner, service) && count < MAX_INSTANCES
        ? add(hash, nameOf(owner, service), ttl)
        : -1;
  }

  void setHost(int slot, String host) {
    instanceHost[slot] = host;
  }

  /** Looks for the friendly name in the strings of a TXT record (RFC 6763, section 6). */
  void readText(int slot, byte[] buffer, int rdata, int end) {
    int at = rdata;
    while (at < end) {
      int string = at + 1;
      int stringEnd = string + (buffer[at] & 0xff);
      int value = string + FRIENDLY_KEY.length;
      if (stringEnd > end) {
        return;
      }
      if (value <= stringEnd
          && instanceName[slot] == null
          && Arrays.equals(buffer, string, value, FRIENDLY_KEY, 0, FRIENDLY_KEY.length)) {
        instanceName[slot] = texts.text(buffer, value, stringEnd);
      }
      at = stringEnd;
    }
  }

  /**
   * Gives every instance the addresses of its host, among those of the message; the unspecified one
   * when its host has none there. False when there is no room left.
   */
  boolean tie(Answers answers) {
    boolean room = true;
    for (int i = 0; i < count && room; i++) {
      String name = instanceName[i];
      if (name != null) {
        room = tie(name, instanceHost[i], instanceTtl[i], answers);
      }
    }
    return room;
  }

  private boolean tie(String name, @Nullable String host, int ttl, Answers answers) {
    boolean room = true;
    boolean found = false;
    for (int a = 0; host != null && a < answers.count() && room; a++) {
      if (answers.canonical[a].equals(host)) {
        found = true;
        room = addOnce(name, answers.high[a], answers.low[a], Math.min(ttl, answers.ttl[a]));
      }
    }
    return found ? room : addOnce(name, 0, 0, ttl);
  }

  /** One device announces many services under one name. */
  private boolean addOnce(String name, long high, long low, int ttl) {
    for (int i = 0; i < devices.count(); i++) {
      if (devices.high(i) == high
          && devices.low(i) == low
          && devices.seenBy(i) == SeenBy.MDNS_SERVICE
          && devices.name(i).equals(name)) {
        return true;
      }
    }
    return devices.add(SeenBy.MDNS_SERVICE, name, high, low, ttl);
  }

  private int add(long hash, @Nullable String name, int ttl) {
    instance[count] = hash;
    instanceName[count] = name;
    instanceHost[count] = null;
    instanceTtl[count] = ttl;
    return count++;
  }

  private @Nullable String nameOf(NameReader owner, int service) {
    if (isOneOf(FRIENDLY, owner, service)) {
      return null;
    }
    byte[] labels = owner.labels();
    int from = 1;
    int to = service;
    if (isOneOf(AFTER_AT, owner, service)) {
      int at = indexOf((byte) '@', labels, from, to);
      from = at < 0 ? from : at + 1;
    } else {
      int bracket = indexOf((byte) '[', labels, from + 1, to);
      to = bracket < 0 ? to : bracket;
    }
    return texts.text(labels, from, to);
  }

  private static boolean isNaming(NameReader owner, int service) {
    return isOneOf(NAMED_AFTER_DEVICE, owner, service)
        || isOneOf(AFTER_AT, owner, service)
        || isOneOf(FRIENDLY, owner, service);
  }

  /** Instance, service, transport, {@code local}, and no label more. */
  private static boolean isServiceAt(NameReader owner, int service) {
    int transport = owner.labelsLength() - LOCAL.length - TRANSPORTS[0].length;
    return service > 0
        && service < transport
        && service + 1 + owner.labels()[service] == transport
        && isOneOf(TRANSPORTS, owner, transport);
  }

  private static boolean isOneOf(byte[][] labels, NameReader name, int at) {
    for (byte[] label : labels) {
      if (endsWith(name, at + label.length, label)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a label, with its length byte, stands before {@code end}; case does not count. */
  private static boolean endsWith(NameReader name, int end, byte[] label) {
    if (end < label.length || end > name.labelsLength()) {
      return false;
    }
    for (int i = 0; i < label.length; i++) {
      int value = name.labels()[end - label.length + i];
      if ((value >= 'A' && value <= 'Z' ? value + 32 : value) != label[i]) {
        return false;
      }
    }
    return true;
  }

  private static int indexOf(byte sought, byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == sought) {
        return i;
      }
    }
    return -1;
  }

  private static byte[] labels(String label) {
    byte[] text = (" " + label).getBytes(StandardCharsets.US_ASCII);
    text[0] = (byte) label.length();
    return text;
  }
}
