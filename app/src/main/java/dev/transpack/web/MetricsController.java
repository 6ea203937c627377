package dev.transpack.web;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// `/metrics`: for Prometheus and what reads its format; needs a token, as the API does.
@RestController
class MetricsController {
    /// Prometheus documentation, "Exposition formats".
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final ObjectProvider<Metrics> metrics;

    MetricsController(ObjectProvider<Metrics> metrics) {
        this.metrics = metrics;
    }

    @GetMapping({"/metrics", "/api/v1/metrics"})
    ResponseEntity<String> metrics() {
        return ResponseEntity.ok()
                .header("Content-Type", TEXT)
                .body(metrics.getObject().text());
    }
}
