package dev.transpack.web;

import dev.transpack.packing.Packs;
import dev.transpack.uploading.Grade;
import dev.transpack.uploading.PackVolumes;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/// `/api/v1/packs/{id}/volumes`: the objects of a pack, as far as they have arrived.
@RestController
class ApiVolumes {
    private final Packs packs;
    private final PackVolumes volumes;

    ApiVolumes(Packs packs, PackVolumes volumes) {
        this.packs = packs;
        this.volumes = volumes;
    }

    /// @param crc32 of the whole volume, eight hexadecimal digits, once it has arrived
    /// @param grade how well it is proven that it did: `strong` or `sampled`
    record View(
            String name,
            long bytes,
            long bytesUploaded,
            int partsDone,
            int partsTotal,
            @Nullable String crc32,
            @Nullable String grade,
            @Nullable Instant completedAt) {

        static View of(PackVolumes.Volume volume) {
            return new View(
                    volume.name(),
                    volume.size(),
                    volume.completed() == null ? volume.parts().bytes() : volume.size(),
                    volume.completed() == null ? volume.parts().done() : volume.parts().total(),
                    volume.parts().total(),
                    ApiPackFileView.hex(volume.crc32()),
                    word(volume.grade()),
                    volume.completed());
        }

        private static @Nullable String word(@Nullable Grade grade) {
            return grade == null ? null : ApiWords.of(grade);
        }
    }

    /// All of them, in order; none before the pack is laid out.
    @GetMapping("/api/v1/packs/{id}/volumes")
    ApiPage<View> list(@PathVariable String id) {
        List<View> views =
                volumes.of(ApiPacks.known(packs, id).id()).stream().map(View::of).toList();
        return new ApiPage<>(views, null);
    }
}
