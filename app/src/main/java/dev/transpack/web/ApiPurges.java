package dev.transpack.web;

import dev.transpack.accounts.Account;
import dev.transpack.accounts.Audit;
import dev.transpack.packing.Pack;
import dev.transpack.packing.Packs;
import dev.transpack.purging.PurgeAnswer;
import dev.transpack.purging.PurgeFrom;
import dev.transpack.purging.PurgePlan;
import dev.transpack.purging.PurgePlans;
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

/// `/api/v1/packs/{id}/purge`: the plan, or the purge.
@RestController
class ApiPurges {
    private final Packs packs;
    private final PurgePlans plans;
    private final Purges purges;
    private final Audit audit;

    ApiPurges(Packs packs, PurgePlans plans, Purges purges, Audit audit) {
        this.packs = packs;
        this.plans = plans;
        this.purges = purges;
        this.audit = audit;
    }

    /// What is to be purged.
    ///
    /// @param from some of `bucket`, `disk`, `torrent`
    /// @param dryRun whether only the plan is wanted
    /// @param override the pack's name, exactly, to have it done against refusals that can be overridden; an
    /// administrator's to give
    record Wish(
            @Nullable List<@Nullable String> from,
            @Nullable Boolean dryRun,
            @Nullable String override) {}

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
            var override = account.isAdministrator() ? wish.override() : null;
            var answer = purges.purge(pack, from, override, account.name());
            if (wish.override() != null && override == null) mayNotOverride(answer);
            return answer(pack, answer, account, request);
        } catch (StoreException e) {
            throw new ApiException(ApiProblem.UNAVAILABLE, String.valueOf(e.getMessage()));
        }
    }

    private ResponseEntity<ApiPurgeView> answer(
            Pack pack, PurgeAnswer answer, Account account, HttpServletRequest request) {
        return switch (answer) {
            case PurgeAnswer.Accepted(var purge, var plan) -> {
                audit.record(account.name(), "purge-asked", pack.id() + " " + pack.name(), request.getRemoteAddr());
                yield ResponseEntity.accepted().body(ApiPurgeView.of(plan, purge));
            }
            case PurgeAnswer.Refused(var plan) -> throw refused(pack, plan);
        };
    }

    private static void mayNotOverride(PurgeAnswer answer) {
        if (answer instanceof PurgeAnswer.Refused(var plan) && plan.overridable())
            throw new ApiException(
                            ApiProblem.FORBIDDEN,
                            "Only an administrator may override what protects '" + plan.name() + "': ask one.")
                    .with("plan", ApiPurgeView.of(plan, null));
    }

    private static ApiException refused(Pack pack, PurgePlan plan) {
        var why = plan.refusals().stream()
                .map(refusal -> refusal.sentence() + " " + refusal.remedy())
                .collect(Collectors.joining(" "));
        var override = plan.overridable() ? " To have it done all the same, give the pack's name as 'override'." : "";
        return new ApiException(ApiProblem.PURGE_REFUSED, "'" + pack.name() + "' is not purged. " + why + override)
                .with("plan", ApiPurgeView.of(plan, null));
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
