package dev.transpack.web;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// Whether this process lives, and whether it can do its work. Open to all; says of what it needs no more than whether
/// it is there.
@RestController
class HealthController {
    record Life(String status) {}

    private final Health health;

    HealthController(Health health) {
        this.health = health;
    }

    @GetMapping({"/health/live", "/api/v1/health/live"})
    Life live() {
        return new Life("up");
    }

    /// 503 when nothing works. A page that can be read while Transmission or a bucket is away stays up, and says so.
    @GetMapping({"/health/ready", "/api/v1/health/ready"})
    ResponseEntity<Health.Report> ready() {
        var report = health.report();
        return ResponseEntity.status(report.ready() ? 200 : 503).body(report);
    }
}
