package dev.transpack.web;

import dev.transpack.accounts.Audit;
import dev.transpack.settings.ByteSize;
import dev.transpack.uploading.RateKeeper;
import dev.transpack.uploading.RateRules;
import dev.transpack.uploading.RateSlot;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// `/api/v1/limit`: how fast uploads may be, changed while they run.
@RestController
@RequestMapping("/api/v1/limit")
class ApiLimit {
    private final RateKeeper keeper;
    private final Audit audit;

    ApiLimit(RateKeeper keeper, Audit audit) {
        this.keeper = keeper;
        this.audit = audit;
    }

    /// What holds from now on; what is left out is no limit, and no timetable.
    record Wish(@Nullable String limit, @Nullable List<@Nullable String> timetable) {
        RateRules rules() {
            try {
                return RateRules.parse(limit == null ? "none" : limit, entries());
            } catch (IllegalArgumentException e) {
                throw new ApiException(ApiProblem.WRONG_REQUEST, e.getMessage() + ".");
            }
        }

        private List<String> entries() {
            return timetable == null
                    ? List.of()
                    : timetable.stream().map(String::valueOf).toList();
        }
    }

    /// What holds. Rates are bytes a second; null is as fast as it goes.
    record InForce(
            @Nullable Long limit,
            List<String> timetable,
            @Nullable Long now,
            @Nullable Instant until,
            @Nullable String setBy,
            @Nullable Instant setAt) {}

    @GetMapping
    InForce get() {
        var held = keeper.inForce();
        return new InForce(
                bytes(held.rules().limit()),
                held.rules().timetable().stream().map(RateSlot::toString).toList(),
                bytes(held.now()),
                held.until(),
                held.setBy(),
                held.setAt());
    }

    @PostMapping
    InForce set(@RequestBody Wish wish, Principal who, HttpServletRequest http) {
        var rules = wish.rules();
        keeper.set(rules, who.getName());
        audit.record(who.getName(), "limit-set", rules.toString(), http.getRemoteAddr());
        return get();
    }

    /// The settings hold again.
    @DeleteMapping
    InForce forget(Principal who, HttpServletRequest http) {
        if (keeper.forget()) audit.record(who.getName(), "limit-forgotten", "", http.getRemoteAddr());
        return get();
    }

    private static @Nullable Long bytes(@Nullable ByteSize rate) {
        return rate == null ? null : rate.bytes();
    }
}
