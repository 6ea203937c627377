package dev.transpack.purging;

import dev.transpack.packing.Pack;
import dev.transpack.purging.PurgePlan.BucketStep;
import dev.transpack.purging.PurgePlan.DoomedObject;
import dev.transpack.purging.PurgeRefusal.Reason;
import dev.transpack.settings.Figures;
import dev.transpack.sharing.ShareLink;
import dev.transpack.sharing.ShareLinks;
import dev.transpack.uploading.StoreException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes the plan of a purge: what goes, what stays, and the proof that nothing is lost, which must survive the purge
/// itself. The source may go when the copy in the bucket is proven and stays; the copy may go when the source is whole;
/// both may go when a signed-in person has said that the pack arrived. The same checks run again when it is done.
public final class PurgePlans {
    /// A purge of the same pack that has not ended.
    static final PurgeRefusal RUNNING = new PurgeRefusal(
            Reason.PURGE_RUNNING, "A purge of this pack is under way.", "Wait until it has ended, or cancel it.");

    private static final int LOOK_BACK = 20;

    private final ShareLinks links;
    private final CopyCheck copy;
    private final SourceCheck source;
    private final PurgeRecords records;
    private final PurgeSettings settings;
    private final InstantSource clock;

    PurgePlans(
            ShareLinks links,
            CopyCheck copy,
            SourceCheck source,
            PurgeRecords records,
            PurgeSettings settings,
            InstantSource clock) {
        this.links = links;
        this.copy = copy;
        this.source = source;
        this.records = records;
        this.settings = settings;
        this.clock = clock;
    }

    /// How far an earlier run of the same purge, or an earlier purge, has come.
    record Begun(@Nullable String purge, boolean source) {}

    /// What a purge of this pack would do now, and whether it may. Nothing is changed. What an earlier purge took is
    /// left out. Somebody waits: it looks at every packed file, but only at so many objects and other files.
    ///
    /// @throws StoreException when the destination cannot be asked what is there
    /// @throws IllegalArgumentException when `from` is empty
    public PurgePlan plan(Pack pack, Set<PurgeFrom> from) throws StoreException, InterruptedException {
        if (from.isEmpty()) throw new IllegalArgumentException("say what to purge from: bucket, disk, torrent");
        var findings = new Findings();
        var left = Remaining.of(pack, BoxProof.widened(pack, from), findings);
        if (left.isEmpty()) return written(pack, left, new PurgePlan.Steps(List.of(), null, null), findings);
        return plan(pack, left, new Wish(new Begun(null, isBegun(pack)), Thoroughness.GLANCE), findings);
    }

    /// The same plan once more, by the purge that does it.
    PurgePlan again(Pack pack, Set<PurgeFrom> from, Begun begun) throws StoreException, InterruptedException {
        var so = new Begun(begun.purge(), begun.source() || isBegun(pack));
        return plan(pack, from, new Wish(so, Thoroughness.WHOLE), new Findings());
    }

    private record Wish(Begun begun, Thoroughness looks) {}

    /// What an earlier purge of the source left behind may go without that it is whole.
    private boolean isBegun(Pack pack) {
        return records.of(pack.id(), LOOK_BACK).stream().anyMatch(PurgeSummary::sourceBegun);
    }

    /// The root whose files it looks at or takes; null for a copy that has a better proof than its source.
    @Nullable
    String root(Pack pack, PurgePlan plan) {
        var needsFiles = plan.steps().source() != null || pack.times().home() == null;
        return needsFiles && pack.times().sourcePurged() == null ? source.boundTo(pack) : null;
    }

    private PurgePlan plan(Pack pack, Set<PurgeFrom> from, Wish wish, Findings findings)
            throws StoreException, InterruptedException {
        checkIdle(pack, wish.begun(), findings);
        var bucket = from.contains(PurgeFrom.BUCKET) ? bucket(pack, wish.looks()) : null;
        var takesSource = from.contains(PurgeFrom.DISK) || from.contains(PurgeFrom.TORRENT);
        var sourceStep = takesSource ? source.check(pack, from, wish.begun().source(), wish.looks(), findings) : null;
        if (pack.onBox()) proveOnBox(pack, sourceStep, findings);
        else if (bucket == null) proveForSource(pack, wish.looks(), findings);
        else if (takesSource) proveForBoth(pack, findings);
        else proveForBucket(pack, wish.looks(), findings);
        if (sourceStep != null && !sourceStep.files()) findings.stays("The data on the disk stays.");
        var steps = new PurgePlan.Steps(bucket == null ? List.of() : liveLinks(pack), bucket, sourceStep);
        return written(pack, from, steps, findings);
    }

    private PurgePlan written(Pack pack, Set<PurgeFrom> from, PurgePlan.Steps steps, Findings findings) {
        return new PurgePlan(
                pack.id(),
                pack.name(),
                from,
                clock.instant(),
                steps,
                freed(steps),
                findings.stays(),
                findings.gone(),
                findings.proof(),
                findings.refusals());
    }

    private void checkIdle(Pack pack, Begun begun, Findings findings) {
        switch (pack.state()) {
            case QUEUED, SENDING ->
                findings.refuse(Reason.IN_PROGRESS, "The pack is still on its way.", "Wait for it, or cancel it.");
            case PLANNED, READY, FAILED, CANCELLED, PURGED -> {}
        }
        if (records.running(pack.id(), begun.purge()).isPresent()) findings.refuse(RUNNING);
    }

    private BucketStep bucket(Pack pack, Thoroughness looks) throws StoreException, InterruptedException {
        return pack.onBox() ? BucketStep.noMoreServed() : copy.bucket(pack, looks);
    }

    /// There is no copy: what is taken is the only one.
    private static void proveOnBox(Pack pack, PurgePlan.@Nullable SourceStep source, Findings findings) {
        if (pack.times().home() == null) BoxProof.prove(pack, source != null, findings);
        else provesHome(pack, findings);
        if (source != null && source.files()) BoxProof.warn(findings);
    }

    /// The bucket's copy must be enough, and stays.
    private void proveForSource(Pack pack, Thoroughness looks, Findings findings) throws InterruptedException {
        if (pack.times().home() != null) {
            provesHome(pack, findings);
            return;
        }
        copy.prove(pack, looks, findings);
        findings.stays("The objects in the bucket stay, at least until "
                + Day.of(clock.instant().plus(settings.keep())) + ", as undo.");
    }

    /// Nothing is left here or there: only a person can say that it is somewhere else.
    private static void proveForBoth(Pack pack, Findings findings) {
        if (pack.times().home() != null) {
            provesHome(pack, findings);
            return;
        }
        findings.refuse(
                Reason.NOT_HOME,
                "Nothing would be left, and nobody has said that the pack arrived.",
                "Mark the pack as home when you have it, or purge only the bucket or only the source.");
    }

    /// The source must be whole, and stays.
    private void proveForBucket(Pack pack, Thoroughness looks, Findings findings) throws InterruptedException {
        if (pack.times().home() != null) {
            provesHome(pack, findings);
            return;
        }
        var purged = pack.times().sourcePurged();
        if (purged != null && clock.instant().isBefore(purged.plus(settings.keep())))
            findings.refuse(
                    Reason.UNDO_WINDOW,
                    "The source was purged on " + Day.of(purged) + "; these objects are its undo until "
                            + Day.of(purged.plus(settings.keep())) + ".",
                    "Wait until then, or mark the pack as home when you have it.");
        source.requireHere(pack, findings);
        var look = source.look(pack, looks);
        look.notIntact()
                .ifPresentOrElse(
                        wrong -> findings.refuse(
                                Reason.SOURCE_NOT_INTACT,
                                "The bucket holds the only whole copy. " + wrong,
                                "Fetch the pack and mark it as home."),
                        () -> provesIntact(pack, look, findings));
    }

    private static void provesIntact(Pack pack, SourceLook look, Findings findings) {
        findings.proves("Everything in the pack (" + Figures.count(look.files(), "file")
                + ") is on the disk, as it was packed.");
        findings.stays("The data at " + pack.origin().source() + " stays.");
    }

    private static void provesHome(Pack pack, Findings findings) {
        Instant home = pack.times().home();
        if (home != null) findings.proves(pack.times().homeBy() + " marked the pack as home on " + Day.of(home) + ".");
    }

    private List<String> liveLinks(Pack pack) {
        return links.of(pack.id()).stream()
                .filter(link -> link.live(clock.instant()))
                .map(ShareLink::id)
                .toList();
    }

    private static PurgePlan.Freed freed(PurgePlan.Steps steps) {
        var bucket = steps.bucket() == null
                ? 0
                : steps.bucket().objects().stream()
                        .mapToLong(DoomedObject::size)
                        .sum();
        var disk = steps.source() == null || !steps.source().files()
                ? 0
                : steps.source().bytes();
        return new PurgePlan.Freed(bucket, disk);
    }
}
