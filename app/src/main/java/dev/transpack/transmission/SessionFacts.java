package dev.transpack.transmission;

/// What the daemon says of itself. `incompleteDir` is empty when unfinished torrents lie in the download folder.
public record SessionFacts(String version, String downloadDir, String incompleteDir, SeedLimits seedLimits) {}
