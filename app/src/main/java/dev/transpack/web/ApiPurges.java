package dev.transpack.web;

import dev.transpack.accounts.Account;
import dev.transpack.accounts.Audit;
import dev.transpack.packing.Pack;
import dev.transpack.packing.Packs;
import dev.transpack.purging.PurgeAnswer;
import dev.transpack.purging.PurgeFrom;
import dev.transpack.purging.PurgeOverride;
import dev.transpack.purging.PurgePlans;
import dev.transpack.purging.PurgeRefusal;
import dev.transpack.purging.PurgeSummary;
import dev.transpack.purging.Purges;
import dev.transpack.uploading.StoreException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// `/api/v1/packs/{id}/purge`: the plan, or the purge, and steering it.
@RestController
class ApiPurges {
    private final Packs packs;
    private final PurgePlans plans;
    private final Purges purges;
    private final ApiPackProgress progress;
    private final Audit audit;

    ApiPurges(Packs packs, PurgePlans plans, Purges purges, ApiPackProgress progress, Audit audit) {
        this.packs = packs;
        this.plans = plans;
        this.purges = purges;
        this.progress = progress;
        this.audit = audit;
    }

    /// What is to be purged.
    ///
    /// @param from some of `bucket`, `disk`, `torrent`
    /// @param dryRun whether only the plan is wanted
    /// @param override the pack's name, exactly, to have it done against the refusals in `overrides`; an
    /// administrator's to give
    /// @param overrides the reasons of the refusals that were read; one that is not among them is not overridden
    record Wish(
            @Nullable List<@Nullable String> from,
            @Nullable Boolean dryRun,
            @Nullable String override,
            @Nullable List<@Nullable String> overrides) {}

    /// A refused purge is a problem that carries the plan as its member `plan`.
    @PostMapping("/api/v1/packs/{id}/purge")
    ResponseEntity<ApiPurgeView> purge(
            @PathVariable String id,
            @RequestBody Wish wish,
            @AuthenticationPrincipal Account account,
            HttpServletRequest request)
            throws InterruptedException {
        var pack = ApiPacks.known(packs, id);
        var from = from(wish.from());
        try {
            if (Boolean.TRUE.equals(wish.dryRun()))
                return ResponseEntity.ok(ApiPurgeView.of(plans.plan(pack, from), null));
            var override = account.isAdministrator() ? override(wish) : null;
            var answer = purges.purge(pack, from, override, account.name());
            if (wish.override() != null && !account.isAdministrator()) mayNotOverride(answer);
            return answer(pack, answer, account, request);
        } catch (StoreException e) {
            throw new ApiException(ApiProblem.UNAVAILABLE, String.valueOf(e.getMessage()));
        }
    }

    /// The newest purge goes on, as it was agreed to then.
    @PostMapping("/api/v1/packs/{id}/purge/retry")
    ResponseEntity<ApiPackView> retry(
            @PathVariable String id, @AuthenticationPrincipal Account account, HttpServletRequest request) {
        var pack = ApiPacks.known(packs, id);
        if (!account.isAdministrator()
                && purges.newest(id).filter(PurgeSummary::overridden).isPresent())
            throw new ApiException(
                    ApiProblem.FORBIDDEN,
                    "The purge of '" + pack.name() + "' overrides what protects it: ask an administrator.");
        var cannot = "retried: only one that failed, waits or was cancelled can be";
        return steered(purges.retry(id), "purge-retried", cannot, new Steering(pack, account, request));
    }

    @PostMapping("/api/v1/packs/{id}/purge/cancel")
    ResponseEntity<ApiPackView> cancel(
            @PathVariable String id, @AuthenticationPrincipal Account account, HttpServletRequest request) {
        var pack = ApiPacks.known(packs, id);
        var cannot = "cancelled: only one that is under way or waits can be";
        return steered(purges.cancel(id), "purge-cancelled", cannot, new Steering(pack, account, request));
    }

    private record Steering(Pack pack, Account by, HttpServletRequest request) {}

    private ResponseEntity<ApiPackView> steered(boolean done, String deed, String cannotBe, Steering steering) {
        var pack = steering.pack();
        if (!done)
            throw new ApiException(
                    ApiProblem.WRONG_STATE, "There is no purge of '" + pack.name() + "' that can be " + cannotBe + ".");
        audit.record(
                steering.by().name(),
                deed,
                pack.id() + " " + pack.name(),
                steering.request().getRemoteAddr());
        return ResponseEntity.accepted().body(progress.view(packs.get(pack.id())));
    }

    private ResponseEntity<ApiPurgeView> answer(
            Pack pack, PurgeAnswer answer, Account account, HttpServletRequest request) {
        return switch (answer) {
            case PurgeAnswer.Accepted(var purge, var plan) -> {
                audit.record(account.name(), "purge-asked", pack.id() + " " + pack.name(), request.getRemoteAddr());
                yield ResponseEntity.accepted().body(ApiPurgeView.of(plan, purge));
            }
            case PurgeAnswer.Refused refused -> throw refused(pack, refused);
        };
    }

    private static void mayNotOverride(PurgeAnswer answer) {
        if (answer instanceof PurgeAnswer.Refused refused && refused.plan().overridable())
            throw new ApiException(
                            ApiProblem.FORBIDDEN,
                            "Only an administrator may override what protects '"
                                    + refused.plan().name() + "': ask one.")
                    .with("plan", ApiPurgeView.of(refused.plan(), null));
    }

    private static ApiException refused(Pack pack, PurgeAnswer.Refused refused) {
        var plan = refused.plan();
        var why = plan.refusals().stream()
                .map(refusal -> refusal.sentence() + " " + refusal.remedy())
                .collect(Collectors.joining(" "));
        var override = plan.overridable()
                ? " To have it done all the same, give the pack's name as 'override' and"
                        + " these reasons as 'overrides'."
                : "";
        return new ApiException(ApiProblem.PURGE_REFUSED, "'" + pack.name() + "' is not purged. " + why + override)
                .with("plan", ApiPurgeView.of(plan, null));
    }

    private static @Nullable PurgeOverride override(Wish wish) {
        var name = wish.override();
        if (name == null) return null;
        var shown = EnumSet.noneOf(PurgeRefusal.Reason.class);
        for (var word : wish.overrides() == null ? List.<@Nullable String>of() : wish.overrides()) {
            var reason = ApiWords.parse("overrides", word, PurgeRefusal.Reason.class);
            if (reason != null) shown.add(reason);
        }
        return new PurgeOverride(name, shown);
    }

    private static Set<PurgeFrom> from(@Nullable List<@Nullable String> words) {
        var from = EnumSet.noneOf(PurgeFrom.class);
        for (var word : words == null ? List.<@Nullable String>of() : words) {
            var place = ApiWords.parse("from", word, PurgeFrom.class);
            if (place != null) from.add(place);
        }
        if (from.isEmpty())
            throw new ApiException(
                    ApiProblem.WRONG_REQUEST, "'from' says what is to be purged: some of bucket, disk, torrent.");
        return from;
    }
}
