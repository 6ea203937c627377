package dev.transpack.packing;

import dev.transpack.browse.Download;
import dev.transpack.browse.DownloadId;
import dev.transpack.browse.Downloads;
import dev.transpack.browse.Location;
import dev.transpack.database.Database;
import dev.transpack.jobs.Job;
import dev.transpack.jobs.JobPriority;
import dev.transpack.jobs.JobState;
import dev.transpack.jobs.Jobs;
import dev.transpack.librar.PackName;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where packs begin, and where they are steered: what a person or a program asks for.
public final class Packing {
    private static final Packs.Wanted FAILED = new Packs.Wanted(PackState.FAILED, "");
    private static final Instant END_OF_TIME = Instant.ofEpochMilli(Long.MAX_VALUE);

    private final Database database;
    private final Downloads downloads;
    private final Packs packs;
    private final Jobs jobs;
    private final DestinationNames destinations;
    private final Planning planning;

    public Packing(
            Database database,
            Downloads downloads,
            Packs packs,
            Jobs jobs,
            DestinationNames destinations,
            Planning planning) {
        this.database = database;
        this.downloads = downloads;
        this.packs = packs;
        this.jobs = jobs;
        this.destinations = destinations;
        this.planning = planning;
    }

    /// Makes a pack of a download and sends it on its way, or says why not.
    ///
    /// @param by who asks
    /// @param idempotencyKey a request with a key that was seen before gets the pack it made then
    public PackAnswer request(PackRequest request, String by, @Nullable String idempotencyKey) {
        return request(request, JobPriority.NORMAL, by, idempotencyKey);
    }

    /// The same, before or after others.
    public PackAnswer request(PackRequest request, JobPriority priority, String by, @Nullable String idempotencyKey) {
        var key = idempotencyKey == null ? null : by + "\n" + idempotencyKey;
        var earlier = repeated(key);
        if (earlier.isPresent()) return new PackAnswer.Accepted(earlier.get());
        var found = find(request.download());
        if (found.isEmpty())
            return refused(PackAnswer.Reason.NO_SUCH_DOWNLOAD, "There is no such download any more: reload the list.");
        return switch (downloads.locate(found.get().id())) {
            case Location.NotReady(var why) ->
                refused(PackAnswer.Reason.NOT_READY, "'" + found.get().name() + "' cannot be packed: " + why + ".");
            case Location.Ready ready -> accept(planning.complete(request), ready, new Packs.Asked(by, key, priority));
        };
    }

    /// Ends a pack that is not sealed, and takes back what had been sent.
    ///
    /// @return false when there is nothing to cancel
    public boolean cancel(String pack) {
        return switch (packs.get(pack).state()) {
            case READY, PURGED, CANCELLED -> false;
            case PLANNED -> packs.leavePlanned(pack, PackState.CANCELLED);
            case QUEUED, SENDING, FAILED ->
                jobs.latest(pack).map(job -> jobs.cancel(job.id())).orElse(false);
        };
    }

    /// Lets a pack that is on its way rest: the parts that have arrived stay, and nothing more is sent until it is
    /// resumed.
    ///
    /// @return false when it is not on its way, or rests already
    public boolean pause(String pack) {
        return isOnItsWay(pack)
                && jobs.latest(pack).map(job -> jobs.pause(job.id())).orElse(false);
    }

    /// Lets a pack that rests go on.
    ///
    /// @return false when it does not rest
    public boolean resume(String pack) {
        return isOnItsWay(pack)
                && jobs.latest(pack).map(job -> jobs.resume(job.id())).orElse(false);
    }

    /// Lets a pack that waits for its turn go before or after others; one that is being sent goes on.
    ///
    /// @return false when it is not on its way
    public boolean prioritize(String pack, JobPriority priority) {
        return isOnItsWay(pack)
                && jobs.latest(pack)
                        .map(job -> jobs.prioritize(job.id(), priority))
                        .orElse(false);
    }

    /// The same for all packs that are on their way now.
    ///
    /// @return how many
    public int prioritizeAll(JobPriority priority) {
        return each(job -> jobs.prioritize(job.id(), priority));
    }

    /// Lets all packs rest that are on their way now.
    ///
    /// @return how many were not resting yet
    public int pauseAll() {
        return each(job -> jobs.pause(job.id()));
    }

    /// Lets all packs go on that rest.
    ///
    /// @return how many
    public int resumeAll() {
        return each(job -> jobs.resume(job.id()));
    }

    /// Ends all packs that are on their way, and takes back what had been sent.
    ///
    /// @return how many
    public int cancelAll() {
        return each(job -> !job.cancelRequested() && jobs.cancel(job.id()));
    }

    /// Sends all packs again that failed, and now those that wait to be tried again. What somebody cancelled, and could
    /// not be taken back yet, is left alone.
    ///
    /// @return how many
    public int retryAll() {
        var waiting = jobs.active(Integer.MAX_VALUE).stream()
                .filter(job -> job.kind().equals(SendPack.KIND.name()) && job.state() == JobState.WAITING);
        var ids = packs.older(FAILED, END_OF_TIME, "", Integer.MAX_VALUE).stream()
                .map(Pack::id)
                .toList();
        var failed = jobs.latest(ids).values().stream();
        return (int) Stream.concat(failed, waiting)
                .filter(job -> !job.cancelRequested())
                .filter(job -> retry(job.subject()))
                .count();
    }

    /// Sends a failed, waiting or cancelled pack again, from what the destination already holds.
    ///
    /// @return false when it is on its way or done
    public boolean retry(String pack) {
        return database.inTransaction(() -> {
            if (!packs.mayGoAgain(pack)) return false;
            var again = jobs.latest(pack).map(Job::id).map(jobs::retry).orElse(false);
            if (again) packs.queued(pack);
            return again;
        });
    }

    /// Sends a pack that was only laid out.
    ///
    /// @return false when it is not one
    public boolean upload(String pack) {
        return database.inTransaction(() -> {
            if (!packs.leavePlanned(pack, PackState.QUEUED)) return false;
            var terms = Jobs.Terms.at(packs.get(pack).origin().rootName());
            jobs.enqueue(SendPack.KIND, pack, new SendPack.Payload(pack, true), terms);
            return true;
        });
    }

    private boolean isOnItsWay(String pack) {
        var state = packs.get(pack).state();
        return state == PackState.QUEUED || state == PackState.SENDING;
    }

    private int each(Predicate<Job> step) {
        return (int) jobs.active(Integer.MAX_VALUE).stream()
                .filter(job -> job.kind().equals(SendPack.KIND.name()))
                .filter(step)
                .count();
    }

    private PackAnswer accept(PackRequest request, Location.Ready ready, Packs.Asked asked) {
        var wrong = wrong(request);
        if (wrong != null) return refused(PackAnswer.Reason.WRONG_REQUEST, wrong);
        var to = destination(request).orElseThrow();
        var download = ready.download();
        var origin = new Pack.Origin(
                download.id().value(),
                download.name(),
                ready.path(),
                download.infoHash().orElse(null),
                ready.root());
        var name = PackName.of(request.name() == null ? download.name() : request.name())
                .value();
        var id = PackId.random();
        var taken = database.inTransaction(() -> {
            if (packs.onItsWay(origin)) return false;
            packs.insert(id, name, origin, request, new Packs.To(to, destinations.isBox(to)), asked);
            planning.keepSecret(id, request);
            var terms = new Jobs.Terms(asked.priority(), origin.rootName());
            jobs.enqueue(SendPack.KIND, id, new SendPack.Payload(id, request.upload()), terms);
            return true;
        });
        if (taken) return new PackAnswer.Accepted(packs.get(id));
        // Two requests with one key may have come at the same moment: the second gets what the first made.
        return repeated(asked.idempotencyKey())
                .<PackAnswer>map(PackAnswer.Accepted::new)
                .orElseGet(() ->
                        refused(PackAnswer.Reason.ALREADY_SENDING, "'" + download.name() + "' is on its way already."));
    }

    private Optional<Pack> repeated(@Nullable String idempotencyKey) {
        return idempotencyKey == null ? Optional.empty() : packs.repeated(idempotencyKey);
    }

    private @Nullable String wrong(PackRequest request) {
        var form = request.form();
        var problem = form.problem(request.password());
        if (problem != null) return problem;
        if (form.volumeSize() != null && form.volumeSize() < PackForm.LEAST_VOLUME)
            return "Volumes have 5 MiB or more: choose a larger volume size.";
        if (request.destination() == null && destinations.standard().isEmpty())
            return "No destination is set up: write destinations.<name>.bucket into transpack.yml.";
        if (request.destination() != null && !destinations.all().contains(request.destination()))
            return "There is no destination '" + request.destination() + "': there are " + destinations.all() + ".";
        var problemThere = destination(request).filter(destinations::isBox).isEmpty()
                ? null
                : form.problemOnBox(request.password());
        if (problemThere != null) return problemThere;
        try {
            new ChoiceLimits(request.only(), request.exclude()).check();
            var _ = request.choice();
            return null;
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    private Optional<String> destination(PackRequest request) {
        return Optional.ofNullable(request.destination()).or(destinations::standard);
    }

    private Optional<Download> find(String id) {
        try {
            return downloads.find(new DownloadId(id));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static PackAnswer refused(PackAnswer.Reason reason, String why) {
        return new PackAnswer.Refused(reason, why);
    }
}
