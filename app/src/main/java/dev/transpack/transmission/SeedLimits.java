package dev.transpack.transmission;

/// The daemon's limits for torrents that have none of their own; [#NONE] where there is no limit.
public record SeedLimits(double ratio, double idleMinutes) {
    public static final double NONE = -1;
}
