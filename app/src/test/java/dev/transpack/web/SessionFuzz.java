package dev.transpack.web;

/// The bytes of a session's value: what cannot be read counts as not there, whatever it claims to be.
public final class SessionFuzz {
    private SessionFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        var _ = SessionValues.read(input);
    }
}
