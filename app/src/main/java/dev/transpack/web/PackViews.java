package dev.transpack.web;

import dev.transpack.jobs.Jobs;
import dev.transpack.packing.Pack;
import dev.transpack.uploading.PackVolumes;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Puts a pack together with the job and the parts that say how far it is.
@Component
class PackViews {
    private final Jobs jobs;
    private final PackVolumes volumes;

    PackViews(Jobs jobs, PackVolumes volumes) {
        this.jobs = jobs;
        this.volumes = volumes;
    }

    /// A pack on its own page.
    ViewPack whole(Pack pack) {
        return ViewPack.of(
                pack,
                jobs.latest(pack.id()),
                ViewPack.moving(pack.state()) ? volumes.parts(pack.id()) : ViewPack.NO_PARTS);
    }

    /// A pack in a list: only those that move are looked up further.
    ViewPack listed(Pack pack) {
        return ViewPack.moving(pack.state()) ? whole(pack) : ViewPack.of(pack, Optional.empty(), ViewPack.NO_PARTS);
    }
}
