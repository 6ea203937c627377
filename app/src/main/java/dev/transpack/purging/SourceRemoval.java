package dev.transpack.purging;

import dev.transpack.browse.Downloads;
import dev.transpack.jobs.JobInterrupted;
import dev.transpack.jobs.JobRun;
import dev.transpack.librar.Entry;
import dev.transpack.packing.Pack;
import dev.transpack.packing.PackFiles;
import dev.transpack.packing.Packs;
import dev.transpack.purging.PurgePlan.DoomedTorrent;
import dev.transpack.purging.PurgePlan.SourceStep;
import dev.transpack.purging.PurgeRecord.Kind;
import dev.transpack.transmission.InfoHash;
import dev.transpack.transmission.Torrent;
import dev.transpack.transmission.Transmission;
import dev.transpack.transmission.TransmissionException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Removes a torrent through Transmission, with its data or without, and then what is left of the data.
final class SourceRemoval {
    private final Transmission transmission;
    private final Downloads downloads;
    private final SourceCheck source;
    private final Packs packs;
    private final PackFiles files;
    private final KeptTorrents kept;

    SourceRemoval(
            Transmission transmission,
            Downloads downloads,
            SourceCheck source,
            Packs packs,
            PackFiles files,
            KeptTorrents kept) {
        this.transmission = transmission;
        this.downloads = downloads;
        this.source = source;
        this.packs = packs;
        this.files = files;
        this.kept = kept;
    }

    /// What somebody said by name.
    ///
    /// @param changedToo whether data that is not as it was packed goes as well: changed files were named to them
    /// @param foreignStays whether it ends well with things left that are not in the pack
    record Agreed(boolean changedToo, boolean foreignStays) {}

    void remove(Pack pack, SourceStep step, Agreed agreed, PurgeProgress progress, JobRun run)
            throws IOException, PurgeException, JobInterrupted {
        if (step.torrent() != null) removeTorrent(pack, step, step.torrent(), progress, run);
        if (!step.files()) return;
        run.check();
        progress.beginsSource();
        var left = removeData(pack, step, agreed, run);
        progress.leaves(left.all());
        if (!left.failed().isEmpty()) throw left("could not be removed", left.failed());
        if (!left.foreign().isEmpty() && !agreed.foreignStays()) throw left("stayed", left.foreign());
        progress.went(Kind.DATA, step.path(), step.bytes());
        run.commit(() -> packs.sourcePurged(pack.id()));
    }

    private EntryRemoval.Left removeData(Pack pack, SourceStep step, Agreed agreed, JobRun run)
            throws IOException, JobInterrupted {
        try {
            return new EntryRemoval(files.list(pack.id(), 0, Integer.MAX_VALUE), agreed.changedToo(), run)
                    .remove(Path.of(step.path()));
        } finally {
            downloads.forget();
        }
    }

    private static PurgeException left(String how, List<String> things) {
        var more = things.size() - 1;
        return new PurgeException(
                things.getFirst() + " " + how + (more == 0 ? "." : ", and " + more + " more."), false);
    }

    /// It is asked for again just before it goes; what it takes to have it again is kept before that.
    private void removeTorrent(Pack pack, SourceStep step, DoomedTorrent doomed, PurgeProgress progress, JobRun run)
            throws TransmissionException, PurgeException, JobInterrupted {
        if (progress.has(Kind.TORRENT, doomed.infoHash())) return;
        var torrent = source.torrent(pack);
        if (torrent.isPresent()) {
            if (!isAsPlanned(torrent.get(), doomed))
                throw new PurgeException(
                        "The torrent '" + doomed.name() + "' was moved or renamed since the plan was made.", false);
            var metainfo = metainfo(torrent.get().hash());
            run.commit(() -> kept.keep(pack.id(), torrent.get(), metainfo));
            run.check();
            progress.beginsSource();
            if (step.files()) removeWithData(pack, torrent.get().hash());
            else transmission.remove(torrent.get().hash());
        }
        downloads.forget();
        progress.went(Kind.TORRENT, doomed.infoHash(), 0);
    }

    /// Files of ours that are not the torrent's stay when it goes: then fewer are gone than the pack has.
    private void removeWithData(Pack pack, InfoHash hash) throws TransmissionException {
        var packed = files.list(pack.id(), 0, Integer.MAX_VALUE).stream()
                .filter(file -> file.kind() == Entry.Kind.FILE)
                .count();
        var wanted =
                transmission.files(hash).stream().filter(file -> file.wanted()).count();
        var expected = Math.min(packed, wanted);
        transmission.removeWithData(hash, () -> areMissing(pack, expected));
    }

    private boolean areMissing(Pack pack, long expected) {
        try {
            return source.look(pack, Thoroughness.WHOLE).missing().size() >= expected;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // whoever waits for Transmission sees it
            return false;
        }
    }

    private Optional<byte[]> metainfo(InfoHash hash) throws TransmissionException {
        return transmission.metainfo(hash, downloads::toLocal);
    }

    private static boolean isAsPlanned(Torrent torrent, DoomedTorrent doomed) {
        return List.of(torrent.hash().value(), torrent.name(), torrent.place().downloadDir())
                .equals(List.of(doomed.infoHash(), doomed.name(), doomed.downloadDir()));
    }
}
