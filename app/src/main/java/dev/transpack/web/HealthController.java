package dev.transpack.web;

import dev.transpack.database.Database;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// Whether this process lives, and whether it can do its work. Open to all; says nothing else.
@RestController
class HealthController {
    record Health(String status) {}

    private final Database database;

    HealthController(Database database) {
        this.database = database;
    }

    @GetMapping({"/health/live", "/api/v1/health/live"})
    Health live() {
        return new Health("up");
    }

    @GetMapping({"/health/ready", "/api/v1/health/ready"})
    ResponseEntity<Health> ready() {
        return database.answers()
                ? ResponseEntity.ok(new Health("up"))
                : ResponseEntity.status(503).body(new Health("The database does not answer."));
    }
}
