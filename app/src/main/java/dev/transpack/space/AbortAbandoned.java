package dev.transpack.space;

import dev.transpack.jobs.JobKind;
import dev.transpack.jobs.JobRun;
import dev.transpack.jobs.JobWork;
import dev.transpack.uploading.Destinations;

/// The job that aborts what nobody goes on with in one destination.
final class AbortAbandoned implements JobWork<AbortAbandoned.Payload> {
    /// The job's kind. Its subject is the destination's name.
    static final JobKind<Payload> KIND = JobKind.of("abort-abandoned", 1, Payload.class);

    private final Destinations destinations;
    private final Leftovers leftovers;

    AbortAbandoned(Destinations destinations, Leftovers leftovers) {
        this.destinations = destinations;
        this.leftovers = leftovers;
    }

    record Payload(String destination) {}

    @Override
    public void run(Payload payload, JobRun run) throws Exception {
        run.check();
        var destination = destinations.find(payload.destination());
        if (destination.isEmpty()) return;
        var failure = leftovers.abort(destination.get()).failure();
        if (failure != null) throw failure;
    }
}
