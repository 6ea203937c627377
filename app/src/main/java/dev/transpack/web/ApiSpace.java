package dev.transpack.web;

import dev.transpack.space.Disk;
import dev.transpack.space.Space;
import dev.transpack.space.SpaceReport;
import java.util.ArrayList;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// `/api/v1/space`: how much room there is on the disks of this machine and in buckets that have a quota.
@RestController
class ApiSpace {
    private final Space space;

    ApiSpace(Space space) {
        this.space = space;
    }

    /// @param use what lies on it: `data`, `staging` (unless on the same) or `downloads`
    record Room(String use, String folder, long freeBytes, long totalBytes, boolean low) {
        static Room of(Disk disk) {
            return new Room(ApiWords.of(disk.use()), disk.folder().toString(), disk.free(), disk.total(), disk.low());
        }
    }

    /// A destination that has a quota.
    record Quota(String destination, long usedBytes, long promisedBytes, long quotaBytes, boolean low) {
        static Quota of(SpaceReport.Bucket bucket) {
            return new Quota(
                    bucket.name(), bucket.used().stored(), bucket.used().promised(), bucket.quota(), bucket.low());
        }
    }

    /// @param warnings a sentence for everything that is low
    record Answer(List<Room> disks, List<Quota> quotas, List<String> warnings) {}

    @GetMapping("/api/v1/space")
    Answer space() {
        var report = space.report();
        var disks = new ArrayList<>(report.disks());
        space.downloads().ifPresent(disks::add);
        return new Answer(
                disks.stream().map(Room::of).toList(),
                report.buckets().stream().map(Quota::of).toList(),
                report.sentences());
    }
}
