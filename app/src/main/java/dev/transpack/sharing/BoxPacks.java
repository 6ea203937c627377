package dev.transpack.sharing;

import dev.transpack.librar.ArchiveException;
import dev.transpack.librar.ArchivePlan;
import dev.transpack.librar.PlanChecksums;
import dev.transpack.librar.RangeReader;
import dev.transpack.nodes.Sight;
import dev.transpack.packing.Pack;
import dev.transpack.packing.Packs;
import dev.transpack.packing.Planning;
import dev.transpack.uploading.BoxRows;
import dev.transpack.uploading.RateLimit;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Packs that are served from their source files. The plans of those that were fetched last are kept; they are made of
/// rows alone, and every file is looked at when it is read. What is found wrong is noted on the pack.
public final class BoxPacks {
    private static final Logger log = LoggerFactory.getLogger(BoxPacks.class);
    private static final int KEPT = 8;
    private static final RateLimit UNLIMITED = new RateLimit(null);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

    private final Packs packs;
    private final Planning planning;
    private final BoxRows rows;
    private final RateLimit pace;
    private final InstantSource clock;
    private final Sight sight;
    private final Map<String, FutureTask<Opened>> opened = new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, FutureTask<Opened>> eldest) {
            return size() > KEPT;
        }
    };

    /// @param sight whether the files of a pack are on this machine
    public BoxPacks(Packs packs, Planning planning, BoxRows rows, RateLimit pace, InstantSource clock, Sight sight) {
        this.packs = packs;
        this.planning = planning;
        this.rows = rows;
        this.pace = pace;
        this.clock = clock;
        this.sight = sight;
    }

    /// Whether this machine has the files of a pack. One that has not, or whose mount of them has dropped, knows
    /// nothing
    /// of what became of them.
    public boolean isHere(Pack pack) {
        var root = pack.origin().rootName();
        return root == null || sight.answersFor(root);
    }

    /// Any number of readers share one.
    private static final class Opened {
        private final ArchivePlan plan;
        private final PlanChecksums checksums;
        private final AtomicReference<Instant> looked = new AtomicReference<>(Instant.MIN);

        Opened(ArchivePlan plan, PlanChecksums checksums) {
            this.plan = plan;
            this.checksums = checksums;
        }

        RangeReader reader() {
            return new RangeReader(plan, checksums);
        }

        /// Whether everything is there again; says no when that was looked at a moment ago.
        boolean isMended(Instant now) {
            var last = looked.get();
            if (now.isBefore(last.equals(Instant.MIN) ? last : last.plus(LOOK_AGAIN))) return false;
            if (!looked.compareAndSet(last, now)) return false;
            try (var reader = reader()) {
                for (var volume : plan.volumes()) reader.verifySources(volume.index(), 0, volume.length());
                return true;
            } catch (ArchiveException e) {
                return false; // what is asked for may be there all the same
            }
        }
    }

    /// A volume, ready to be read by one thread. To be closed.
    ///
    /// @param n its number in the pack, from 0
    /// @throws ArchiveException when the pack cannot be served any more
    public BoxVolume open(Pack pack, int n) throws ArchiveException, InterruptedException {
        return open(pack, n, pace);
    }

    /// The same for who stays on this box: no rate limit holds.
    public BoxVolume openHere(Pack pack, int n) throws ArchiveException, InterruptedException {
        return open(pack, n, UNLIMITED);
    }

    /// The files whose bytes lie in a stretch of a volume, by their names in the pack.
    public List<String> filesIn(Pack pack, int n, long from, long length)
            throws ArchiveException, InterruptedException {
        var plan = opened(pack).plan;
        return IntStream.range(0, plan.entries().size())
                .filter(entry -> plan.pieces(entry).stream()
                        .anyMatch(piece -> piece.volume() == n
                                && piece.offsetInVolume() < from + length
                                && from < piece.offsetInVolume() + piece.length()))
                .mapToObj(entry -> plan.entries().get(entry).name())
                .toList();
    }

    private BoxVolume open(Pack pack, int n, RateLimit pace) throws ArchiveException, InterruptedException {
        try {
            var found = opened(pack);
            if (pack.error() != null && found.isMended(clock.instant())) packs.broken(pack.id(), null);
            return new BoxVolume(found.reader(), found.plan.volumes().get(n), pace, e -> note(pack, e));
        } catch (ArchiveException e) {
            note(pack, e);
            throw e;
        }
    }

    /// The manifest, as JSON; empty when the pack is not served.
    public Optional<byte[]> manifest(Pack pack) {
        return rows.manifest(pack.id());
    }

    private Opened opened(Pack pack) throws ArchiveException, InterruptedException {
        var mine = new FutureTask<>(() -> load(pack));
        var task = shared(pack.id(), mine);
        task.run(); // only the first of several does anything
        try {
            return task.get();
        } catch (ExecutionException e) {
            synchronized (opened) {
                opened.remove(pack.id(), task);
            }
            throw failure(e.getCause());
        }
    }

    private FutureTask<Opened> shared(String pack, FutureTask<Opened> mine) {
        synchronized (opened) {
            var there = opened.putIfAbsent(pack, mine);
            return there == null ? mine : there;
        }
    }

    private static ArchiveException failure(@Nullable Throwable cause) {
        return switch (cause) {
            case ArchiveException e -> e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case null, default -> throw new IllegalStateException(cause);
        };
    }

    private Opened load(Pack pack) throws ArchiveException {
        var kept = rows.checksums(pack.id())
                .orElseThrow(() -> new ArchiveException(
                        ArchiveException.Kind.REFUSED, "what '" + pack.name() + "' is served with is gone"));
        var plan = planning.remembered(pack);
        return new Opened(plan, PlanChecksums.read(plan, kept));
    }

    private void note(Pack of, ArchiveException failure) {
        if (failure.kind() == ArchiveException.Kind.CLOSED || !isHere(of)) return;
        var pack = of.id();
        var sentence = "It cannot be fetched: "
                + String.valueOf(failure.getMessage()).replaceAll("\\.$", "") + ". " + remedy(failure);
        if (sentence.equals(packs.get(pack).error())) return;
        packs.broken(pack, sentence);
        log.atWarn()
                .addKeyValue("pack", pack)
                .addKeyValue("why", failure.getMessage())
                .log("pack cannot be served");
    }

    private static String remedy(ArchiveException failure) {
        return switch (failure.kind()) {
            case SOURCE_CHANGED, SOURCE_UNREADABLE ->
                "Put the files back as they were, and the next who fetches gets them, or send the download again.";
            default -> "Send the download again.";
        };
    }
}
