package dev.transpack.purging;

/// A purge cannot go on: one sentence that says what is in the way. What is not gone by then stays.
public final class PurgeException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean mayPass;

    PurgeException(String sentence, boolean mayPass) {
        super(sentence);
        this.mayPass = mayPass;
    }

    /// Whether trying again later makes sense.
    public boolean mayPass() {
        return mayPass;
    }
}
