package dev.transpack.packing;

/// Where a pack is in its life, as its row says.
public enum PackState {
    /// Asked for; its files have not been looked at yet.
    QUEUED,
    /// Laid out, and left until somebody asks that it goes up.
    PLANNED,
    /// Planned and on its way to the destination.
    SENDING,
    /// Every volume verified and the manifest written: a pack that counts as a copy.
    READY,
    /// It cannot go on by itself; the row's error says why. Nothing that was accepted has been taken back.
    FAILED,
    /// Not wanted any more; what had been sent is removed.
    CANCELLED,
    /// Its objects are deleted.
    PURGED
}
