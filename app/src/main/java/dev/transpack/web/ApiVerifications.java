package dev.transpack.web;

import dev.transpack.accounts.Audit;
import dev.transpack.packing.Pack;
import dev.transpack.packing.Packs;
import dev.transpack.verifying.Verifications;
import dev.transpack.verifying.VerifyAnswer;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// `/api/v1/packs/{id}/verify`: a pack that is ready is looked at again. What was found is in the pack itself.
@RestController
class ApiVerifications {
    private final Packs packs;
    private final Verifications verifications;
    private final ApiPackProgress progress;
    private final Audit audit;

    ApiVerifications(Packs packs, Verifications verifications, ApiPackProgress progress, Audit audit) {
        this.packs = packs;
        this.verifications = verifications;
        this.progress = progress;
        this.audit = audit;
    }

    /// How a pack is to be verified.
    ///
    /// @param quick whether sizes and samples are enough
    record Wish(@Nullable Boolean quick) {}

    /// While one is under way, that one is the answer.
    @PostMapping("/api/v1/packs/{id}/verify")
    ResponseEntity<ApiPackView> verify(
            @PathVariable String id,
            @RequestBody(required = false) @Nullable Wish wish,
            Principal who,
            HttpServletRequest http) {
        var pack = ApiPacks.known(packs, id);
        var quick = wish != null && Boolean.TRUE.equals(wish.quick());
        return switch (verifications.verify(id, quick, who.getName())) {
            case VerifyAnswer.Accepted _ -> done("verify-asked", pack, who, http);
            case VerifyAnswer.Refused(var why) -> throw new ApiException(ApiProblem.WRONG_STATE, why);
        };
    }

    @PostMapping("/api/v1/packs/{id}/verify/cancel")
    ResponseEntity<ApiPackView> cancel(@PathVariable String id, Principal who, HttpServletRequest http) {
        var pack = ApiPacks.known(packs, id);
        if (!verifications.cancel(id))
            throw new ApiException(
                    ApiProblem.WRONG_STATE, "No verification of '" + pack.name() + "' is under way: it has ended.");
        return done("verify-cancelled", pack, who, http);
    }

    private ResponseEntity<ApiPackView> done(String deed, Pack pack, Principal who, HttpServletRequest http) {
        audit.record(who.getName(), deed, pack.id() + " " + pack.name(), http.getRemoteAddr());
        return ResponseEntity.accepted().body(progress.view(packs.get(pack.id())));
    }
}
