package dev.transpack.purging;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a purge has done so far: written after every step, so that the next run knows, and people later.
///
/// @param went each in a row of its own; in the record's own text only of purges from before there were such rows
/// @param sourceBegun from when on things of the source may be missing because of us
/// @param remains what was to go and did not, a sentence each; empty when all went
public record PurgeRecord(
        List<Went> went,
        @Nullable Instant sourceBegun,
        List<String> remains,
        @Nullable String failure) {
    static final PurgeRecord EMPTY = new PurgeRecord(List.of(), null, List.of(), null);

    public PurgeRecord {
        went = List.copyOf(went);
        remains = List.copyOf(remains);
    }

    /// Something that is gone.
    ///
    /// @param what a link's id, an object's key, an info hash, a path
    public record Went(Kind kind, String what, long bytes, Instant at) {}

    /// The kinds of things that go.
    public enum Kind {
        LINK,
        OBJECT,
        UPLOAD,
        TORRENT,
        DATA
    }

    PurgeRecord with(List<Went> more) {
        return new PurgeRecord(Stream.concat(went.stream(), more.stream()).toList(), sourceBegun, remains, failure);
    }
}
