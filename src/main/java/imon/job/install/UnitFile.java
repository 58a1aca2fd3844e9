package imon.job.install;

/** A unit of systemd. */
public record UnitFile(String name, String text) {}
