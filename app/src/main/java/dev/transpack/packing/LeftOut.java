package dev.transpack.packing;

/// How much of a download a pack does not hold.
///
/// @param files folders not counted
public record LeftOut(long files, long bytes) {
    /// Everything is in it.
    public static final LeftOut NOTHING = new LeftOut(0, 0);
}
