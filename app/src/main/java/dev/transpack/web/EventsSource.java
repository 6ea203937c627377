package dev.transpack.web;

import dev.transpack.jobs.Job;
import dev.transpack.jobs.Jobs;
import dev.transpack.packing.Pack;
import dev.transpack.packing.Packs;
import dev.transpack.uploading.PackVolumes;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/// What there is to watch, read from the rows: the newest packs and jobs, and the jobs that have not ended with what
/// they work on. Five questions, however many watch and however much there is.
@Component
class EventsSource {
    private static final int NEWEST_PACKS = 200;
    private static final int NEWEST_JOBS = 100;
    private static final int MOST_ACTIVE = 500;

    private final Packs packs;
    private final Jobs jobs;
    private final PackVolumes volumes;

    EventsSource(Packs packs, Jobs jobs, PackVolumes volumes) {
        this.packs = packs;
        this.jobs = jobs;
        this.volumes = volumes;
    }

    Map<String, EventsItem> read() {
        var active = jobs.active(MOST_ACTIVE);
        var newest = jobs.newest(NEWEST_JOBS);
        var bySubject = new HashMap<String, Job>();
        active.forEach(job -> bySubject.put(job.subject(), job));
        newest.reversed().forEach(job -> bySubject.put(job.subject(), job));

        var items = new LinkedHashMap<String, EventsItem>();
        var watched = watched(active);
        var parts = volumes.parts(ViewPack.moving(watched));
        for (var pack : watched)
            put(
                    items,
                    EventsItem.PackNow.of(
                            pack, bySubject.get(pack.id()), parts.getOrDefault(pack.id(), PackVolumes.Parts.NONE)));
        newest.forEach(job -> put(items, EventsItem.JobNow.of(job)));
        active.forEach(job -> put(items, EventsItem.JobNow.of(job)));
        return items;
    }

    private Collection<Pack> watched(List<Job> active) {
        var watched = new LinkedHashMap<String, Pack>();
        packs.newest(NEWEST_PACKS, null).forEach(pack -> watched.put(pack.id(), pack));
        var others = active.stream()
                .map(Job::subject)
                .filter(id -> !watched.containsKey(id))
                .toList();
        watched.putAll(packs.find(others));
        return watched.values();
    }

    private static void put(Map<String, EventsItem> items, EventsItem item) {
        items.put(item.key(), item);
    }
}
