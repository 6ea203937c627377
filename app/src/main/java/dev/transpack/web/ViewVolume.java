package dev.transpack.web;

import dev.transpack.packing.Pack;
import dev.transpack.uploading.PackVolumes;
import org.jspecify.annotations.Nullable;

/// One volume of a pack.
///
/// @param n its number in the pack, by which events name it
/// @param state a key under `volume`
/// @param accepted bytes that the destination has
public record ViewVolume(int n, String name, long size, State state, long accepted, Pack.@Nullable Grade grade) {
    /// Where a volume is.
    public enum State {
        WAITING,
        SENDING,
        /// A part of it is stored, and nothing sends the rest.
        BEGUN,
        STORED,
        DELETED
    }

    /// @param moving whether its pack is on its way
    static ViewVolume of(PackVolumes.Sent volume, boolean moving) {
        return new ViewVolume(
                volume.n(), volume.name(), volume.size(), state(volume, moving), volume.accepted(), volume.grade());
    }

    /// The tone of its badge.
    public String tone() {
        return switch (state) {
            case STORED -> "ok";
            case SENDING -> "busy";
            case WAITING, BEGUN, DELETED -> "";
        };
    }

    public boolean stored() {
        return state == State.STORED;
    }

    private static State state(PackVolumes.Sent volume, boolean moving) {
        if (volume.deleted() != null) return State.DELETED;
        if (volume.completed() != null) return State.STORED;
        if (!volume.opened()) return State.WAITING;
        return moving ? State.SENDING : State.BEGUN;
    }
}
