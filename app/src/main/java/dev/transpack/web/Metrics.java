package dev.transpack.web;

import dev.transpack.browse.Downloads;
import dev.transpack.jobs.Jobs;
import dev.transpack.packing.Packs;
import dev.transpack.uploading.PackVolumes;
import dev.transpack.uploading.RateKeeper;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/// What an operator's monitoring reads. Of packs, jobs and bytes the whole server is counted, all its nodes, as the
/// database knows them; what is up, the rate limit, the room for downloads, memory and threads are this process's.
/// Nothing is counted before somebody asks.
@Lazy
@Component
final class Metrics implements AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final Packs packs;
    private final Jobs jobs;
    private final Health health;
    private final MultiGauge packsByState;
    private final MultiGauge jobsByState;
    private final MultiGauge speed;
    private final MultiGauge up;

    Metrics(Packs packs, Jobs jobs, PackVolumes volumes, Downloads downloads, RateKeeper rates, Health health) {
        this.packs = packs;
        this.jobs = jobs;
        this.health = health;
        this.packsByState = gauges("transpack.packs", "Packs by state.");
        this.jobsByState = gauges("transpack.jobs", "Jobs by kind and state.");
        this.speed = gauges("transpack.jobs.bytes.per.second", "What running jobs do, by kind.");
        this.up = gauges("transpack.up", "1 when this process reaches that which it needs.");
        Gauge.builder("transpack.stored.bytes", volumes, PackVolumes::stored)
                .description("Bytes of all volumes that are complete and were not deleted.")
                .register(registry);
        Gauge.builder("transpack.rate.limit.bytes.per.second", rates, Metrics::limit)
                .description("What uploads of a process may send; infinite when nothing limits them.")
                .register(registry);
        Gauge.builder("transpack.downloads.free.bytes", downloads, Metrics::free)
                .description("Room where the downloads lie.")
                .register(registry);
        bindProcess();
    }

    /// Everything, in Prometheus' text format.
    synchronized String text() {
        packsByState.register(
                packs.tallies().entrySet().stream()
                        .map(each -> Row.of(Tags.of("state", ApiWords.of(each.getKey())), each.getValue()))
                        .toList(),
                true);
        var tallies = jobs.tallies();
        jobsByState.register(
                tallies.stream()
                        .map(each ->
                                Row.of(Tags.of("kind", each.kind(), "state", ApiWords.of(each.state())), each.count()))
                        .toList(),
                true);
        speed.register(rows(tallies.stream().filter(each -> each.bytesPerSecond() > 0)), true);
        up.register(
                health.report().checks().entrySet().stream()
                        .map(each -> Row.of(
                                Tags.of("part", each.getKey()), each.getValue().equals("up") ? 1 : 0))
                        .toList(),
                true);
        return registry.scrape();
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }

    private void bindProcess() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        collections.bindTo(registry);
    }

    private MultiGauge gauges(String name, String description) {
        return MultiGauge.builder(name).description(description).register(registry);
    }

    private static List<Row<?>> rows(Stream<Jobs.Tally> tallies) {
        return tallies.<Row<?>>map(each -> Row.of(Tags.of("kind", each.kind()), each.bytesPerSecond()))
                .toList();
    }

    private static double limit(RateKeeper rates) {
        var now = rates.inForce().now();
        return now == null ? Double.POSITIVE_INFINITY : now.bytes();
    }

    private static double free(Downloads downloads) {
        return downloads
                .space()
                .map(Downloads.Space::free)
                .map(Long::doubleValue)
                .orElse(Double.NaN);
    }
}
