package dev.transpack.purging;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a purge has done so far: written after every step, so that the next run knows, and people later.
///
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

    boolean has(Kind kind, String what) {
        return went.stream().anyMatch(gone -> gone.kind() == kind && gone.what().equals(what));
    }

    PurgeRecord with(List<Went> more) {
        var all = new ArrayList<>(went);
        more.stream().filter(gone -> !has(gone.kind(), gone.what())).forEach(all::add);
        return new PurgeRecord(all, sourceBegun, remains, failure);
    }

    PurgeRecord begun(Instant now) {
        return sourceBegun != null ? this : new PurgeRecord(went, now, remains, failure);
    }

    PurgeRecord ended(List<String> whatRemains, @Nullable String why) {
        return new PurgeRecord(went, sourceBegun, whatRemains, why);
    }
}
