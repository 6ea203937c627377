package dev.transpack.web;

import dev.transpack.database.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// Whether this process lives, and whether it can do its work. Open to all; says nothing else.
@RestController
class HealthController {
    record Health(String status) {}

    private static final Duration A_MOMENT = Duration.ofSeconds(1);

    /// What was found when; asking the database costs it a write.
    private record Found(boolean answers, Instant at) {}

    private final Database database;
    private final InstantSource clock;
    private volatile @Nullable Found found;

    HealthController(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    @GetMapping({"/health/live", "/api/v1/health/live"})
    Health live() {
        return new Health("up");
    }

    @GetMapping({"/health/ready", "/api/v1/health/ready"})
    ResponseEntity<Health> ready() {
        return answers()
                ? ResponseEntity.ok(new Health("up"))
                : ResponseEntity.status(503).body(new Health("The database does not answer."));
    }

    private boolean answers() {
        var now = clock.instant();
        var before = found;
        if (before != null && before.at().plus(A_MOMENT).isAfter(now)) return before.answers();
        var answers = database.answers();
        found = new Found(answers, now);
        return answers;
    }
}
