package imon.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.flow.Services.Service;
import imon.wire.IpProtocol;
import org.junit.jupiter.api.Test;

class ServicesTest {
  private static final int SCTP = 132;

  @Test
  void everySystemPortIsAServicesWhateverTheProtocol() {
    assertTrue(Services.isService(IpProtocol.TCP, 0));
    assertTrue(Services.isService(IpProtocol.UDP, 1023));
    assertTrue(Services.isService(SCTP, 1023));
    assertFalse(Services.isService(IpProtocol.TCP, 1024));
  }

  @Test
  void aPortOfTheTableCountsForItsProtocolOnly() {
    assertTrue(Services.isService(IpProtocol.TCP, 8080));
    assertFalse(Services.isService(IpProtocol.UDP, 8080));
    assertTrue(Services.isService(IpProtocol.UDP, 5353));
    assertFalse(Services.isService(IpProtocol.TCP, 5353));
    assertFalse(Services.isService(SCTP, 8080));
  }

  @Test
  void everyServiceOfTheTableIsAService() {
    for (Service service : Services.all()) {
      assertTrue(Services.isService(service.protocol(), service.port()), service::toString);
    }
  }

  @Test
  void noPortIsInTheTableTwice() {
    long distinct =
        Services.all().stream().map(s -> s.protocol() + "/" + s.port()).distinct().count();
    assertEquals(Services.all().size(), distinct);
  }

  @Test
  void commonServicesHaveTheirNames() {
    assertTrue(Services.all().contains(new Service(IpProtocol.TCP, 443, "https")));
    assertTrue(Services.all().contains(new Service(IpProtocol.UDP, 53, "dns")));
    assertTrue(Services.all().stream().noneMatch(s -> s.name().isBlank()));
  }
}
