package dev.transpack.purging;

/// Why a purge is not done: what is the matter, and what to do about it.
public record PurgeRefusal(Reason reason, String sentence, String remedy) {

    /// The reasons; stable, for programs.
    public enum Reason {
        /// The pack is still on its way.
        IN_PROGRESS(false),
        /// A purge of this pack has not ended.
        PURGE_RUNNING(false),
        /// Earlier purges took all of what is asked for.
        NOTHING_LEFT(false),
        /// Nobody can say which torrents use the files.
        TRANSMISSION_UNKNOWN(false),
        /// The data is not where it was packed, or not below the download folder.
        SOURCE_ELSEWHERE(false),
        /// Another torrent uses the same files.
        OTHER_TORRENT(false),
        /// The torrent's data would go and the torrent stay.
        TORRENT_WOULD_STAY(false),
        /// Others were promised more.
        SEEDING(true),
        /// Packed files that are still there are not as they were packed, and would go.
        SOURCE_CHANGED(true),
        /// Things that are not in the pack lie there too; they stay.
        SOURCE_HAS_MORE(true),
        /// Some of what was packed is not there any more.
        SOURCE_HAS_LESS(true),
        /// Another pack is served from these files, or is still to be sent.
        OTHER_PACK(false),
        /// The pack holds only some of the files.
        PARTIAL(true),
        /// The copy in the bucket is not known to be right: it is not sealed, or only a sample of it was verified.
        COPY_NOT_PROVEN(true),
        /// Something of the copy is not in the bucket any more, or is not what was sent.
        COPY_NOT_WHOLE(true),
        /// The bucket does not answer, so nobody can say whether the copy is there.
        COPY_UNKNOWN(true),
        /// Nothing would be left, and nobody has said that it arrived.
        NOT_HOME(true),
        /// The copy in the bucket is the undo of a purged source.
        UNDO_WINDOW(true),
        /// The source that would remain is not whole.
        SOURCE_NOT_INTACT(true);

        private final boolean overridable;

        Reason(boolean overridable) {
            this.overridable = overridable;
        }

        /// Whether it may pass without anybody doing anything.
        boolean mayPass() {
            return this == TRANSMISSION_UNKNOWN || this == COPY_UNKNOWN;
        }

        /// Whether typing the pack's name is enough to go on; never where something of others is in danger.
        public boolean overridable() {
            return overridable;
        }
    }
}
