package dev.transpack.web;

import dev.transpack.uploading.PackVolumes;

/// One volume of a pack.
///
/// @param state a key under `volume`: `WAITING`, `UPLOADED`, `SAMPLED`, `STRONG` or `DELETED`
public record ViewVolume(String name, long size, String state) {
    static ViewVolume of(PackVolumes.Sent volume) {
        var state = volume.deleted() != null
                ? "DELETED"
                : volume.completed() == null
                        ? "WAITING"
                        : volume.grade() == null ? "UPLOADED" : volume.grade().name();
        return new ViewVolume(volume.name(), volume.size(), state);
    }

    /// The tone of its badge.
    public String tone() {
        return switch (state) {
            case "STRONG" -> "ok";
            case "SAMPLED", "UPLOADED" -> "busy";
            default -> "";
        };
    }

    public boolean uploaded() {
        return !state.equals("WAITING");
    }
}
