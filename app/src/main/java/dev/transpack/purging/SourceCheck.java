package dev.transpack.purging;

import dev.transpack.browse.DownloadId;
import dev.transpack.browse.Downloads;
import dev.transpack.browse.Location;
import dev.transpack.nodes.Nodes;
import dev.transpack.packing.Pack;
import dev.transpack.packing.PackFiles;
import dev.transpack.packing.PackState;
import dev.transpack.packing.Packs;
import dev.transpack.purging.PurgePlan.DoomedTorrent;
import dev.transpack.purging.PurgePlan.SourceStep;
import dev.transpack.purging.PurgeRefusal.Reason;
import dev.transpack.transmission.InfoHash;
import dev.transpack.transmission.Torrent;
import dev.transpack.transmission.Transmission;
import dev.transpack.transmission.TransmissionException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The data that was packed and its torrent: whether they may go without taking from anybody else, and whether they are
/// still what they were.
final class SourceCheck {
    private static final String SEND_AGAIN = "Send the download again, and purge that pack.";

    private final Transmission transmission;
    private final Downloads downloads;
    private final Nodes nodes;
    private final Packs packs;
    private final PackFiles files;
    private final InstantSource clock;

    SourceCheck(
            Transmission transmission,
            Downloads downloads,
            Nodes nodes,
            Packs packs,
            PackFiles files,
            InstantSource clock) {
        this.transmission = transmission;
        this.downloads = downloads;
        this.nodes = nodes;
        this.packs = packs;
        this.files = files;
        this.clock = clock;
    }

    SourceLook look(Pack pack, Thoroughness looks) throws InterruptedException {
        return SourceLook.at(pack, files.list(pack.id(), 0, Integer.MAX_VALUE), looks.strangers());
    }

    /// Refuses when the files are on another machine, or on a share whose mount has dropped here: nothing that is seen
    /// here says anything of them.
    void requireHere(Pack pack, Findings findings) {
        var root = pack.origin().rootName();
        if (root == null || downloads.answersFor(root)) return;
        findings.refuse(
                Reason.SOURCE_ELSEWHERE,
                "The data lies in " + root + ", which this node does not see now.",
                "Mount it here, or ask on the page of a node that sees it: 'transpack nodes' says which.");
    }

    /// Refuses when nodes that see the files ask different Transmissions: each may have torrents over them that the
    /// others do not know of.
    private void requireOneDaemon(Pack pack, Findings findings) {
        var root = pack.origin().rootName();
        if (root == null) return;
        var daemons = nodes.daemonsAt(root);
        if (daemons.size() < 2) return;
        findings.refuse(
                Reason.TRANSMISSION_UNKNOWN,
                "The nodes that see " + root + " ask different Transmissions (" + String.join(", ", daemons)
                        + "), so nobody can say which torrents use these files.",
                "Set transmission.url on each of these nodes to the one Transmission, by the same address.");
    }

    /// The root that who removes its files must see; null when nothing is to wait for that.
    @Nullable
    String boundTo(Pack pack) {
        var root = pack.origin().rootName();
        return root == null ? null : downloads.bound(root).orElse(null);
    }

    /// The torrent that was packed, if Transmission still has it.
    Optional<Torrent> torrent(Pack pack) throws TransmissionException {
        var hash = pack.origin().infoHash();
        if (hash == null || !transmission.configured()) return Optional.empty();
        return transmission.torrent(new InfoHash(hash));
    }

    /// Finds what stands against removing it.
    ///
    /// @param begun whether an earlier run has begun to remove it, so that things may be missing
    SourceStep check(Pack pack, Set<PurgeFrom> from, boolean begun, Thoroughness looks, Findings findings)
            throws InterruptedException {
        requireHere(pack, findings);
        requireOneDaemon(pack, findings);
        var look = look(pack, looks);
        var withFiles = from.contains(PurgeFrom.DISK);
        if (withFiles) {
            checkContent(pack, look, begun, findings);
            checkOtherPacks(pack, findings);
        }
        var torrent = checkTorrent(pack, from, begun || !look.there(), findings);
        return new SourceStep(
                pack.origin().source().toString(),
                withFiles,
                look.files(),
                Math.max(look.bytes(), torrentBytes(torrent, withFiles)),
                torrent.map(SourceCheck::doomed).orElse(null));
    }

    /// With a torrent goes all of its data, also what the pack left out.
    private static long torrentBytes(Optional<Torrent> torrent, boolean withFiles) {
        return withFiles ? torrent.map(own -> own.progress().totalSize()).orElse(0L) : 0;
    }

    private static void checkContent(Pack pack, SourceLook look, boolean begun, Findings findings) {
        // A choice of files that left nothing out stands for all of them.
        var partial = !pack.request().choice().isEverything() && look.extras().isPresent();
        if (partial)
            findings.refuse(
                    Reason.PARTIAL,
                    "The pack holds only some of the files, so it cannot stand for all of them, and all of them would go.",
                    "Send the whole download, and purge that pack.");
        look.changes().ifPresent(what -> findings.refuse(Reason.SOURCE_CHANGED, what, SEND_AGAIN));
        if (partial) return;
        look.extras()
                .ifPresent(what -> findings.refuse(
                        Reason.SOURCE_HAS_MORE,
                        what,
                        "Move it elsewhere, or send the download again and purge that pack."));
        if (!begun) look.losses().ifPresent(what -> findings.refuse(Reason.SOURCE_HAS_LESS, what, SEND_AGAIN));
    }

    private void checkOtherPacks(Pack pack, Findings findings) {
        var others = packs.reading(pack.origin()).stream()
                .filter(other -> !other.id().equals(pack.id()))
                .toList();
        if (others.isEmpty()) return;
        var first = others.getFirst();
        findings.refuse(
                Reason.OTHER_PACK,
                "The pack '" + first.name() + "' "
                        + (first.state() == PackState.READY ? "is served from" : "is still to be sent from")
                        + " these files"
                        + (others.size() == 1 ? "." : ", and so are " + (others.size() - 1) + " more."),
                "Cancel what is to be sent, and end what is served: purge it from the bucket, which leaves the files.");
    }

    private Optional<Torrent> checkTorrent(Pack pack, Set<PurgeFrom> from, boolean begun, Findings findings) {
        try {
            var own = torrent(pack);
            if (from.contains(PurgeFrom.DISK)) {
                checkOthers(pack, own, findings);
                if (!begun) checkPlace(pack, own, findings);
                if (own.isPresent() && !from.contains(PurgeFrom.TORRENT)) wouldStay(own.get(), findings);
            }
            if (own.isPresent()) checkSeeding(own.get(), findings);
            return own;
        } catch (TransmissionException e) {
            findings.refuse(
                    Reason.TRANSMISSION_UNKNOWN,
                    "Nobody can say which torrents use these files: " + e.getMessage(),
                    "Try again when Transmission answers.");
            return Optional.empty();
        }
    }

    /// Asked afresh: a torrent may have been added since, over the very same files.
    private void checkOthers(Pack pack, Optional<Torrent> own, Findings findings) throws TransmissionException {
        var sharing = downloads.torrentsSharing(pack.origin().source());
        var hash = own.map(Torrent::hash);
        sharing.stream()
                .filter(torrent -> !hash.equals(Optional.of(torrent.hash())))
                .findFirst()
                .ifPresent(other -> findings.refuse(
                        Reason.OTHER_TORRENT,
                        "The torrent '" + other.name() + "' uses the same files.",
                        "Remove that torrent in Transmission first, without its data."));
        if (own.isPresent() && sharing.stream().noneMatch(torrent -> hash.equals(Optional.of(torrent.hash()))))
            elsewhere(
                    pack,
                    "Transmission has moved the torrent's data to "
                            + own.get().place().downloadDir() + ".",
                    findings);
    }

    private void checkPlace(Pack pack, Optional<Torrent> own, Findings findings) {
        switch (downloads.locate(new DownloadId(pack.origin().downloadId()))) {
            case Location.NotReady(var reason) ->
                elsewhere(pack, "The data cannot be looked at: " + reason + ".", findings);
            case Location.Ready(var path, var _, var download) -> {
                if (!path.equals(pack.origin().source()))
                    elsewhere(pack, "The download '" + download.name() + "' is not where it was packed.", findings);
                else if (own.isPresent() && !download.belongsTo(own.get().hash()))
                    elsewhere(
                            pack,
                            "The data does not belong to the torrent '"
                                    + own.get().name() + "' any more.",
                            findings);
            }
        }
    }

    private void checkSeeding(Torrent torrent, Findings findings) throws TransmissionException {
        var limits = transmission.session().seedLimits();
        torrent.seeding()
                .unmet(limits, clock.instant())
                .ifPresent(unmet -> findings.refuse(
                        Reason.SEEDING,
                        "The torrent '" + torrent.name() + "' has not met its seeding goal yet: " + unmet + ".",
                        "Wait until it has, or change its goal in Transmission."));
    }

    private static void wouldStay(Torrent torrent, Findings findings) {
        findings.refuse(
                Reason.TORRENT_WOULD_STAY,
                "The torrent '" + torrent.name() + "' would stay in Transmission without its data.",
                "Purge from the torrent too.");
    }

    private static void elsewhere(Pack pack, String sentence, Findings findings) {
        findings.refuse(
                Reason.SOURCE_ELSEWHERE,
                sentence,
                "Look at " + pack.origin().source() + " and remove by hand what is not needed any more.");
    }

    private static DoomedTorrent doomed(Torrent torrent) {
        return new DoomedTorrent(
                torrent.hash().value(), torrent.name(), torrent.place().downloadDir());
    }
}
