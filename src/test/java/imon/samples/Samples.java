package imon.samples;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All samples, and the folder of files they make. */
final class Samples {
  private static final String INTRODUCTION =
      """
      # Sample captures

      Invented traffic with the truth beside it. All names, addresses and bytes are made by the
      generator in `src/test/java/imon/samples`; nothing here was captured from people. Make all
      files again, byte for byte, with

          mvn test -Dtest=SamplesTest -Dimon.update=true

      Without `imon.update` the same test checks that the files here are what the generator makes.

      `NAME.truth.json` is written from what the scene means, never by decoding. Bytes are wire
      bytes: whole frames with their link header, whatever the snap length.

      | member | meaning |
      |---|---|
      | `packets`, `bytes` | of the whole capture, as far as it can be read |
      | `exit_code` | of `imon analyze` for this file: 3 where something could not be read |
      | `unread_bytes` | bytes of the file from the first corrupt record to the end |
      | `dropped` | packets the capture itself reports as lost |
      | `clamped_packets` | packets with a time outside 1970 to 2200 |
      | `copies` | packets and bytes of packets captured twice; all else is said of all packets |
      | `first_packet`, `last_packet` | earliest and latest time, in microseconds, rounded down |
      | `ledger` | packets and bytes of each class of the ledger that occurs |
      | `flows` | every flow, in the order the scene tells them |
      | `flows.client_port`, `flows.server_port` | null: none, or every packet was cut before them |
      | `flows.candidates` | all sites with a valid answer for this client and server |
      | `flows.service` | what the contents of a flow show, where that is stated |
      | `source` | the network a capture is of, when it is that of other captures, too |
      | `clients` | every client's addresses, with the device's name and how it told it |
      | `sites` | internet flows summed by site, client address and evidence |
      | `never_in_html` | texts no HTML report may hold |

      | file | packets | shows |
      |---|---:|---|
      """;

  private Samples() {}

  static List<Sample> all() {
    List<Sample> samples = new ArrayList<>();
    samples.add(Browsing.sample());
    samples.addAll(LinkSamples.all());
    samples.addAll(EncapsulationSamples.all());
    samples.addAll(FormatSamples.all());
    samples.addAll(ofInference());
    samples.addAll(ofProof());
    samples.addAll(DuplicateSamples.all());
    samples.addAll(FaultSamples.all());
    samples.add(HostileSamples.sample());
    return samples;
  }

  /** What names flows from outside: answers, certificates, other flows; and what nothing names. */
  private static List<Sample> ofInference() {
    List<Sample> samples = new ArrayList<>(DnsSamples.all());
    samples.add(NameBlockSample.sample());
    samples.addAll(WindowSamples.all());
    samples.add(SharedAddressSamples.sample());
    samples.addAll(LookupSamples.all());
    samples.addAll(LinkNameSamples.all());
    samples.addAll(DeviceSamples.all());
    samples.add(CertificateSamples.sample());
    samples.add(SiblingSamples.sample());
    samples.add(EchSamples.sample());
    samples.add(ServiceSamples.sample());
    return samples;
  }

  /** What names flows from their own packets. */
  private static List<Sample> ofProof() {
    List<Sample> samples = new ArrayList<>(StreamSamples.all());
    samples.addAll(HttpRunSamples.all());
    samples.addAll(FragmentSamples.all());
    samples.addAll(QuicSamples.all());
    samples.add(GoogleQuicSamples.sample());
    samples.add(DtlsSamples.sample());
    samples.addAll(ProxySamples.all());
    samples.add(StartTlsSamples.sample());
    samples.addAll(ClearHttpSamples.all());
    samples.addAll(ContinuedSamples.all());
    return samples;
  }

  /** Contents by file name: captures, truths and the list of both. */
  static Map<String, byte[]> files() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    StringBuilder list = new StringBuilder(INTRODUCTION);
    for (Sample sample : all()) {
      put(files, sample.file(), sample.bytes());
      put(files, sample.truthFile(), sample.truth().toJson());
      list.append(
          "| `%s` | %d | %s |\n".formatted(sample.file(), sample.packets(), sample.shows()));
    }
    put(files, "README.md", list.toString().getBytes(StandardCharsets.UTF_8));
    return files;
  }

  private static void put(Map<String, byte[]> files, String name, byte[] content) {
    if (files.put(name, content) != null) {
      throw new IllegalStateException("two samples want to be " + name);
    }
  }
}
