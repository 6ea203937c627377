package dev.transpack.browse;

/// Whether a download can be packed, and if not, why: every reason is half a sentence for a person, remedy included.
public sealed interface Readiness {
    /// Everything is here and whole.
    record Ready() implements Readiness {
        @Override
        public String reason() {
            return "";
        }
    }

    /// Transmission has not got all of it yet; the fraction goes from 0 to 1.
    record Downloading(double fraction, String reason) implements Readiness {}

    /// Transmission is comparing the data with the torrent.
    record Checking(String reason) implements Readiness {}

    /// Transmission has a torrent whose data is not where we can see it.
    record Missing(String reason) implements Readiness {}

    /// It is there and cannot be read, or must not be followed.
    record Unreadable(String reason) implements Readiness {}

    /// Nobody can say at the moment whether it is whole, or which torrent it belongs to.
    record Unconfirmed(String reason) implements Readiness {}

    /// Why it cannot be packed; empty when it can.
    String reason();

    default boolean ready() {
        return this instanceof Ready;
    }
}
