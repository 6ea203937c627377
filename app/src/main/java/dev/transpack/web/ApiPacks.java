package dev.transpack.web;

import dev.transpack.accounts.Audit;
import dev.transpack.jobs.JobPriority;
import dev.transpack.librar.NameWarning;
import dev.transpack.packing.Pack;
import dev.transpack.packing.PackAnswer;
import dev.transpack.packing.PackFiles;
import dev.transpack.packing.PackState;
import dev.transpack.packing.Packing;
import dev.transpack.packing.Packs;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// `/api/v1/packs`: packs are asked for, followed and steered.
@RestController
@RequestMapping("/api/v1/packs")
class ApiPacks {
    private static final int LONGEST_KEY = 99;

    private final Packing packing;
    private final Packs packs;
    private final PackFiles files;
    private final ApiPackProgress progress;
    private final Audit audit;

    ApiPacks(Packing packing, Packs packs, PackFiles files, ApiPackProgress progress, Audit audit) {
        this.packing = packing;
        this.packs = packs;
        this.files = files;
        this.progress = progress;
        this.audit = audit;
    }

    /// The pack of this id.
    ///
    /// @throws ApiException when there is none
    static Pack known(Packs packs, String id) {
        return packs.find(id)
                .orElseThrow(() -> new ApiException(
                        ApiProblem.NOT_FOUND, "There is no pack " + id + ": GET /api/v1/packs lists what there is."));
    }

    /// A repeat with the same `Idempotency-Key` gets the pack that the first request made.
    @PostMapping
    ResponseEntity<ApiPackView> create(
            @RequestBody ApiPackRequest request,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            Principal who,
            HttpServletRequest http) {
        if (key != null && (key.isBlank() || key.length() > LONGEST_KEY))
            throw new ApiException(
                    ApiProblem.WRONG_PARAMETER, "An Idempotency-Key has 1 to " + LONGEST_KEY + " characters.");
        return switch (packing.request(request.toRequest(), request.priorityOrNormal(), who.getName(), key)) {
            case PackAnswer.Accepted(var pack) ->
                ResponseEntity.accepted().location(address(pack, http)).body(progress.view(pack));
            case PackAnswer.Refused(var reason, var why) -> throw new ApiException(problem(reason), why);
        };
    }

    @GetMapping
    ApiPage<ApiPackView> list(
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(defaultValue = "") String q) {
        var from = ApiCursor.parse(cursor);
        var wanted = new Packs.Wanted(ApiWords.parse("state", state, PackState.class), q);
        var found = packs.older(wanted, from.than(), from.id(), ApiPage.limit(limit));
        return ApiPage.of(
                found,
                progress.views(found),
                limit,
                pack -> new ApiCursor(pack.times().created(), pack.id()));
    }

    @GetMapping("/{id}")
    ApiPackView get(@PathVariable String id) {
        return progress.view(known(packs, id));
    }

    /// What is in it, in archive order; nothing before it is laid out.
    @GetMapping("/{id}/files")
    ApiPage<ApiPackFileView> files(
            @PathVariable String id,
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var pack = known(packs, id);
        var offset = ApiOffset.parse(cursor);
        var found = files.inArchive(pack, offset, ApiPage.limit(limit));
        var next = found.size() < limit ? null : ApiOffset.written(offset + found.size());
        return new ApiPage<>(found.stream().map(ApiPackFileView::of).toList(), next);
    }

    /// Names that will not arrive everywhere as they are, the first hundred.
    @GetMapping("/{id}/warnings")
    ApiPage<NameWarning> warnings(@PathVariable String id) {
        return new ApiPage<>(files.warnings(known(packs, id).id()), null);
    }

    @PostMapping("/{id}/cancel")
    ResponseEntity<ApiPackView> cancel(@PathVariable String id) {
        var pack = known(packs, id);
        return done(packing.cancel(id), pack, "cancelled: only a pack that is not ready yet can be");
    }

    /// It rests until it is resumed.
    @PostMapping("/{id}/pause")
    ResponseEntity<ApiPackView> pause(@PathVariable String id) {
        var pack = known(packs, id);
        return done(packing.pause(id), pack, "paused: only one that is on its way and does not rest can be");
    }

    @PostMapping("/{id}/resume")
    ResponseEntity<ApiPackView> resume(@PathVariable String id) {
        var pack = known(packs, id);
        return done(packing.resume(id), pack, "resumed: only one that rests can be");
    }

    /// Which of those that wait for their turn goes first.
    ///
    /// @param priority `high`, `normal` or `low`
    record Turn(@Nullable String priority) {
        private JobPriority wanted() {
            var wanted = ApiWords.parse("priority", priority, JobPriority.class);
            if (wanted == null)
                throw new ApiException(ApiProblem.WRONG_REQUEST, "'priority' is missing: high, normal or low.");
            return wanted;
        }
    }

    @PostMapping("/{id}/priority")
    ResponseEntity<ApiPackView> prioritize(@PathVariable String id, @RequestBody Turn turn) {
        var pack = known(packs, id);
        return done(
                packing.prioritize(id, turn.wanted()), pack, "moved in the queue: only one that is on its way can be");
    }

    /// How many packs a request for all of them changed.
    record Changed(int packs) {}

    /// All that are on their way now have this one.
    @PostMapping("/priority")
    Changed prioritizeAll(@RequestBody Turn turn) {
        return new Changed(packing.prioritizeAll(turn.wanted()));
    }

    /// All rest that are on their way now.
    @PostMapping("/pause")
    Changed pauseAll() {
        return new Changed(packing.pauseAll());
    }

    @PostMapping("/resume")
    Changed resumeAll() {
        return new Changed(packing.resumeAll());
    }

    /// All end that are on their way now.
    @PostMapping("/cancel")
    Changed cancelAll() {
        return new Changed(packing.cancelAll());
    }

    /// All go again that failed, or wait to be tried again.
    @PostMapping("/retry")
    Changed retryAll() {
        return new Changed(packing.retryAll());
    }

    @PostMapping("/{id}/retry")
    ResponseEntity<ApiPackView> retry(@PathVariable String id) {
        var pack = known(packs, id);
        return done(packing.retry(id), pack, "retried: only one that failed, waits or was cancelled can be");
    }

    @PostMapping("/{id}/upload")
    ResponseEntity<ApiPackView> upload(@PathVariable String id) {
        var pack = known(packs, id);
        return done(packing.upload(id), pack, "uploaded: only one that was asked for with 'upload': false can be");
    }

    /// An account says that it has arrived at home. Recorded: a purge of both copies relies on it.
    @PostMapping("/{id}/home")
    ApiPackView home(@PathVariable String id, Principal who, HttpServletRequest http) {
        var pack = known(packs, id);
        if (pack.state() != PackState.READY)
            throw new ApiException(
                    ApiProblem.WRONG_STATE,
                    "'" + pack.name() + "' is " + ApiWords.of(pack.state()) + ": only one that is ready can arrive.");
        packs.markHome(id, who.getName());
        audit.record(who.getName(), "pack-home", id + " " + pack.name(), http.getRemoteAddr());
        return progress.view(packs.get(id));
    }

    private ResponseEntity<ApiPackView> done(boolean done, Pack before, String cannotBe) {
        if (done) return ResponseEntity.accepted().body(progress.view(packs.get(before.id())));
        throw new ApiException(
                ApiProblem.WRONG_STATE,
                "'" + before.name() + "' is " + ApiWords.of(before.state()) + " and cannot be " + cannotBe + ".");
    }

    /// Without a host: what a request says of that is not to be trusted.
    private static URI address(Pack pack, HttpServletRequest request) {
        return URI.create(request.getContextPath() + "/api/v1/packs/" + pack.id());
    }

    private static ApiProblem problem(PackAnswer.Reason reason) {
        return switch (reason) {
            case NO_SUCH_DOWNLOAD -> ApiProblem.NO_SUCH_DOWNLOAD;
            case NOT_READY -> ApiProblem.NOT_READY;
            case WRONG_REQUEST -> ApiProblem.WRONG_REQUEST;
            case ALREADY_SENDING -> ApiProblem.ALREADY_SENDING;
        };
    }
}
