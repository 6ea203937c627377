package dev.transpack.packing;

/// The answer to a [PackRequest].
public sealed interface PackAnswer {
    /// It was taken; the work goes on in the background.
    record Accepted(Pack pack) implements PackAnswer {}

    /// It cannot be done: one sentence with the remedy.
    record Refused(Reason reason, String why) implements PackAnswer {}

    /// Why a request is refused; stable, for programs.
    enum Reason {
        NO_SUCH_DOWNLOAD,
        NOT_READY,
        WRONG_REQUEST,
        ALREADY_SENDING
    }
}
