package dev.transpack.jobs;

/// A kind of work: a stable name and a version, never a class name, and the record its payload is as JSON.
///
/// @param version grows when the payload changes its form; rows of an older version need a kind of that version
public record JobKind<P>(String name, int version, Class<P> payload) {
    public static <P> JobKind<P> of(String name, int version, Class<P> payload) {
        return new JobKind<>(name, version, payload);
    }
}
