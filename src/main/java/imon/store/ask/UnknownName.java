package imon.store.ask;

import java.util.List;

/** A name that no flow of the store has, and names like it, the likest first. */
public record UnknownName(String name, List<String> near) {}
