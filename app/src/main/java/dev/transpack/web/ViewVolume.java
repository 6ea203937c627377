package dev.transpack.web;

/// One volume of a pack.
///
/// @param state a key under `volume`: `WAITING`, `UPLOADED`, `SAMPLED`, `STRONG` or `DELETED`
public record ViewVolume(String name, long size, String state) {
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
