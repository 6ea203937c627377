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

    /// @param changedToo whether data that is not as it was packed goes as well, because somebody said so by name
    void remove(Pack pack, SourceStep step, boolean changedToo, PurgeProgress progress, JobRun run)
            throws IOException, PurgeException, JobInterrupted {
        if (step.torrent() != null) removeTorrent(pack, step, step.torrent(), progress, run);
        if (!step.files()) return;
        run.check();
        progress.beginsSource();
        var left =
                new EntryRemoval(files.list(pack.id(), 0, Integer.MAX_VALUE), changedToo).remove(Path.of(step.path()));
        downloads.forget();
        if (!left.isEmpty() && !changedToo)
            throw new PurgeException(left.size() + " things were left, first " + left.getFirst() + ".", false);
        progress.leaves(left);
        progress.went(Kind.DATA, step.path(), step.bytes());
        packs.sourcePurged(pack.id());
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
            kept.keep(pack.id(), torrent.get(), metainfo(torrent.get().hash()));
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
        transmission.removeWithData(hash, () -> source.look(pack).missing().size() >= expected);
    }

    private Optional<byte[]> metainfo(InfoHash hash) throws TransmissionException {
        return transmission.metainfo(hash, downloads::toLocal);
    }

    private static boolean isAsPlanned(Torrent torrent, DoomedTorrent doomed) {
        return List.of(torrent.hash().value(), torrent.name(), torrent.place().downloadDir())
                .equals(List.of(doomed.infoHash(), doomed.name(), doomed.downloadDir()));
    }
}
