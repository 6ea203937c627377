package dev.transpack.web;

import dev.transpack.jobs.Job;
import dev.transpack.jobs.Jobs;
import dev.transpack.packing.Pack;
import dev.transpack.packing.Packs;
import dev.transpack.uploading.PackVolumes;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/// What there is to watch, read from the rows: the newest packs and jobs, and every job that has not ended with what it
/// works on. A few queries, however many watch.
@Component
class EventsSource {
    private static final int NEWEST_PACKS = 200;
    private static final int NEWEST_JOBS = 100;

    private final Packs packs;
    private final Jobs jobs;
    private final PackVolumes volumes;

    EventsSource(Packs packs, Jobs jobs, PackVolumes volumes) {
        this.packs = packs;
        this.jobs = jobs;
        this.volumes = volumes;
    }

    Map<String, EventsItem> read() {
        var active = jobs.active();
        var newest = jobs.newest(NEWEST_JOBS);
        var bySubject = new HashMap<String, Job>();
        active.forEach(job -> bySubject.put(job.subject(), job));
        newest.reversed().forEach(job -> bySubject.put(job.subject(), job));

        var items = new LinkedHashMap<String, EventsItem>();
        for (var pack : watched(active)) {
            var parts = ViewPack.moving(pack.state()) ? volumes.parts(pack.id()) : ViewPack.NO_PARTS;
            put(items, EventsItem.PackNow.of(pack, bySubject.get(pack.id()), parts));
        }
        newest.forEach(job -> put(items, EventsItem.JobNow.of(job)));
        active.forEach(job -> put(items, EventsItem.JobNow.of(job)));
        return items;
    }

    private Iterable<Pack> watched(List<Job> active) {
        var watched = new LinkedHashMap<String, Pack>();
        packs.newest(NEWEST_PACKS, null).forEach(pack -> watched.put(pack.id(), pack));
        for (var job : active)
            if (!watched.containsKey(job.subject()))
                packs.find(job.subject()).ifPresent(pack -> watched.put(pack.id(), pack));
        return watched.values();
    }

    private static void put(Map<String, EventsItem> items, EventsItem item) {
        items.put(item.key(), item);
    }
}
