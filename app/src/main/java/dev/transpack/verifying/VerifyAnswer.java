package dev.transpack.verifying;

/// The answer to who wants a pack verified.
public sealed interface VerifyAnswer {
    /// It is under way, by this job; it may have been before.
    record Accepted(String job) implements VerifyAnswer {}

    /// It cannot be done: one sentence.
    record Refused(String why) implements VerifyAnswer {}
}
