package imon.job.install;

import imon.job.Commands;
import imon.job.file.Job;
import java.nio.file.Path;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Units of a job: what systemd runs has the rights it needs, and no other. */
public final class SystemdUnits {
  private static final String CAPABILITY = "CAP_NET_RAW";

  private static final List<String> HOMES = List.of("/home", "/root");
  private static final Path SCRATCH = Path.of("/tmp");
  private static final List<String> TEMPORARY = List.of("/tmp", "/var/tmp");

  /** Java makes its code while it runs, so that MemoryDenyWriteExecute= has to stay away. */
  private static final String HARDENING =
      """
      NoNewPrivileges=yes
      ProtectSystem=strict
      PrivateDevices=yes
      ProtectClock=yes
      ProtectControlGroups=yes
      ProtectHostname=yes
      ProtectKernelLogs=yes
      ProtectKernelModules=yes
      ProtectKernelTunables=yes
      ProtectProc=invisible
      RestrictNamespaces=yes
      RestrictRealtime=yes
      RestrictSUIDSGID=yes
      LockPersonality=yes
      RemoveIPC=yes
      SystemCallArchitectures=native
      SystemCallFilter=@system-service
      SystemCallFilter=~@privileged @resources
      SystemCallErrorNumber=EPERM
      UMask=0077
      """;

  private final Installation installation;
  private final Job job;
  private final String unit;

  public SystemdUnits(Installation installation) {
    this.installation = installation;
    job = installation.job();
    unit = "imon-" + job.name();
  }

  /** The service, its timer if the job has a time, and the capture if it goes on for ever. */
  public List<UnitFile> files() {
    List<UnitFile> files = new ArrayList<>();
    files.add(new UnitFile(unit + ".service", service()));
    LocalTime at = job.at();
    if (at != null) {
      files.add(new UnitFile(unit + ".timer", timer(at)));
    }
    if (installation.capturesForEver()) {
      files.add(new UnitFile(unit + "-capture.service", capture()));
    }
    return files;
  }

  private String service() {
    Job.OwnCapture capture = job.capture();
    Set<Path> written = new TreeSet<>();
    written.add(job.store().file().resolveSibling(""));
    written.add(job.reports().folder().resolveSibling(""));
    written.add(job.captures().folder());
    return """
        [Unit]
        Description=imon: the job %s
        Documentation=file:%s

        [Service]
        Type=oneshot
        ExecStart=%s
        User=%s
        Nice=10
        IOSchedulingClass=idle
        """
            .formatted(
                job.name(),
                escaped(installation.file().toString()),
                line(installation.run()),
                installation.user())
        + rights(capture != null && capture.ends(), written);
  }

  private String timer(LocalTime at) {
    String day = job.reports().span() == Job.Span.WEEK ? "Mon *-*-*" : "*-*-*";
    return """
        [Unit]
        Description=imon: when the job %s runs

        [Timer]
        OnCalendar=%s %s:00 %s
        Persistent=true

        [Install]
        WantedBy=timers.target
        """
        .formatted(job.name(), day, at, job.zone());
  }

  private String capture() {
    List<String> words = new ArrayList<>(List.of(installation.program().toString()));
    words.addAll(new Commands(job).capture());
    return """
        [Unit]
        Description=imon: the capture of the job %s
        After=network.target

        [Service]
        Type=simple
        ExecStart=%s
        User=%s
        Restart=on-failure
        RestartSec=10
        TimeoutStopSec=5min
        """
            .formatted(job.name(), line(words), installation.user())
        + rights(true, Set.of(job.captures().folder()))
        + """

        [Install]
        WantedBy=multi-user.target
        """;
  }

  private String rights(boolean captures, Set<Path> written) {
    boolean seesTemporary = uses(TEMPORARY, written);
    // Then it has no folder of its own for temporary files, which it needs.
    Stream<Path> writable =
        seesTemporary ? Stream.concat(written.stream(), Stream.of(SCRATCH)) : written.stream();
    String paths =
        writable.map(path -> quoted(path.toString())).distinct().collect(Collectors.joining(" "));
    String families = "AF_UNIX AF_INET AF_INET6" + (captures ? " AF_PACKET AF_NETLINK" : "");
    return HARDENING
        + "ProtectHome="
        + (uses(HOMES, written) ? "no" : "yes")
        + "\n"
        + "PrivateTmp="
        + (seesTemporary ? "no" : "yes")
        + "\n"
        + "ReadWritePaths="
        + paths
        + "\n"
        + "RestrictAddressFamilies="
        + families
        + "\n"
        + "CapabilityBoundingSet="
        + (captures ? CAPABILITY : "")
        + "\n"
        + "AmbientCapabilities="
        + (captures ? CAPABILITY : "")
        + "\n";
  }

  /** Whether anything that a unit needs is in one of these folders, which are out of sight else. */
  private boolean uses(List<String> folders, Set<Path> written) {
    List<Path> used = new ArrayList<>(written);
    used.add(installation.file());
    used.add(installation.program());
    return used.stream().anyMatch(path -> folders.stream().anyMatch(path::startsWith));
  }

  private static String line(List<String> words) {
    return words.stream()
        .map(word -> quoted(word).replace("$", "$$"))
        .collect(Collectors.joining(" "));
  }

  private static String quoted(String word) {
    String text = escaped(word);
    return text.matches("[A-Za-z0-9%/:=,.+_@-]+") ? text : "\"" + text + "\"";
  }

  /** systemd.syntax(7): C escapes, and % before what it would replace. */
  private static String escaped(String word) {
    return word.replace("\\", "\\\\").replace("\"", "\\\"").replace("%", "%%").replace("\n", "\\n");
  }
}
