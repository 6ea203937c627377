package dev.transpack.verifying;

import dev.transpack.database.Database;
import dev.transpack.jobs.Job;
import dev.transpack.jobs.Jobs;
import dev.transpack.packing.Pack;
import dev.transpack.packing.PackState;
import dev.transpack.packing.Packs;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Asks for verifications, which [VerifyPack] then does: one of a pack at a time. What they find stands on the pack.
public final class Verifications {
    private final Database database;
    private final Packs packs;
    private final Jobs jobs;
    private final Function<String, Optional<String>> bound;

    /// @param bound the root that a node must see which looks at what is left of a root; empty when any may
    Verifications(Database database, Packs packs, Jobs jobs, Function<String, Optional<String>> bound) {
        this.database = database;
        this.packs = packs;
        this.jobs = jobs;
        this.bound = bound;
    }

    /// Has a pack verified, or says why not. One that is under way already is the answer too.
    ///
    /// @param quick whether sizes and samples are enough; a pack that was found damaged is read whole all the same
    /// @param by who asks
    public VerifyAnswer verify(String pack, boolean quick, String by) {
        return database.inTransaction(() -> {
            var ready = packs.lock(pack);
            var now = packs.get(pack);
            if (!ready) return new VerifyAnswer.Refused(notReady(now));
            var running = newest(pack).filter(job -> !job.state().ended());
            if (running.isPresent())
                return new VerifyAnswer.Accepted(running.get().id());
            var payload = new VerifyPack.Payload(pack, quick && now.damage() == null, by);
            return new VerifyAnswer.Accepted(jobs.enqueue(VerifyPack.KIND, pack, payload, Jobs.Terms.at(root(now))));
        });
    }

    /// Ends the verification of a pack; nothing is noted then.
    ///
    /// @return false when there is none that is under way
    public boolean cancel(String pack) {
        return newest(pack)
                .filter(job -> !job.state().ended())
                .map(job -> jobs.cancel(job.id()))
                .orElse(false);
    }

    /// The job of the last verification of a pack that was asked for.
    public Optional<Job> newest(String pack) {
        return Optional.ofNullable(newest(List.of(pack)).get(pack));
    }

    /// The same of several packs in one question; those without are left out.
    public Map<String, Job> newest(Collection<String> some) {
        return jobs.latest(VerifyPack.KIND, some);
    }

    /// Also of a folder that was emptied: that is what a verification is to find.
    private @Nullable String root(Pack pack) {
        var root = pack.origin().rootName();
        return !pack.onBox() || root == null ? null : bound.apply(root).orElse(null);
    }

    private static String notReady(Pack pack) {
        return "'" + pack.name() + "' is " + pack.state().name().toLowerCase(Locale.ROOT)
                + " and cannot be verified: only a pack that is ready can be"
                + (pack.state() == PackState.PURGED ? "." : ", so send it first.");
    }
}
