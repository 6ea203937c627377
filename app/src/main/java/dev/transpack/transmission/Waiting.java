package dev.transpack.transmission;

import dev.transpack.transmission.TransmissionException.Kind;
import java.time.Duration;

/// Waits a little, then longer and longer, until patience is at an end: for what the daemon does after its answer.
final class Waiting {
    private static final Duration FIRST = Duration.ofMillis(20);
    private static final Duration LONGEST = Duration.ofSeconds(1);

    private final long deadline;
    private Duration next = FIRST;

    Waiting(Duration patience) {
        this.deadline = System.nanoTime() + patience.toNanos();
    }

    /// Waits; false when it is no use any more.
    boolean again() throws TransmissionException {
        if (System.nanoTime() - deadline >= 0) return false;
        try {
            Thread.sleep(next);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransmissionException(Kind.INTERRUPTED, "Stopped while waiting for Transmission.", e);
        }
        next = next.multipliedBy(2).compareTo(LONGEST) < 0 ? next.multipliedBy(2) : LONGEST;
        return true;
    }
}
