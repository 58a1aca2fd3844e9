package imon.name;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.name.ServicePorts.Entry;
import imon.wire.IpProtocol;
import org.junit.jupiter.api.Test;

class ServicePortsTest {
  private static final int SCTP = 132;

  @Test
  void everySystemPortIsAServicesWhateverTheProtocol() {
    assertTrue(ServicePorts.isService(IpProtocol.TCP, 0));
    assertTrue(ServicePorts.isService(IpProtocol.UDP, 1023));
    assertTrue(ServicePorts.isService(SCTP, 1023));
    assertFalse(ServicePorts.isService(IpProtocol.TCP, 1024));
  }

  @Test
  void aPortOfTheTableCountsForItsProtocolOnly() {
    assertTrue(ServicePorts.isService(IpProtocol.TCP, 8080));
    assertFalse(ServicePorts.isService(IpProtocol.UDP, 8080));
    assertTrue(ServicePorts.isService(IpProtocol.UDP, 5353));
    assertFalse(ServicePorts.isService(IpProtocol.TCP, 5353));
    assertFalse(ServicePorts.isService(SCTP, 8080));
  }

  @Test
  void everyServiceOfTheTableIsAService() {
    for (Entry service : ServicePorts.all()) {
      assertTrue(ServicePorts.isService(service.protocol(), service.port()), service::toString);
    }
  }

  @Test
  void noPortIsInTheTableTwice() {
    long distinct =
        ServicePorts.all().stream().map(s -> s.protocol() + "/" + s.port()).distinct().count();
    assertEquals(ServicePorts.all().size(), distinct);
  }

  @Test
  void commonServicesHaveTheirNames() {
    assertTrue(ServicePorts.all().contains(new Entry(IpProtocol.TCP, 443, "https")));
    assertTrue(ServicePorts.all().contains(new Entry(IpProtocol.UDP, 53, "dns")));
    assertTrue(ServicePorts.all().stream().noneMatch(s -> s.name().isBlank()));
  }
}
