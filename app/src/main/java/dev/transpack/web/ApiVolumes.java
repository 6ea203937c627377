package dev.transpack.web;

import dev.transpack.packing.Pack;
import dev.transpack.packing.PackState;
import dev.transpack.packing.Packs;
import dev.transpack.sharing.ChecksumList;
import dev.transpack.sharing.StoredVolumes;
import dev.transpack.uploading.BoxRows;
import dev.transpack.uploading.ObjectKey;
import dev.transpack.uploading.OpenDestinations;
import dev.transpack.uploading.StoreException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// What a pack consists of in the bucket: its volumes, their checksums, and the manifest that seals it.
@RestController
@RequestMapping("/api/v1/packs/{id}")
class ApiVolumes {
    private static final int STRETCH = 1 << 20;

    private final Packs packs;
    private final StoredVolumes volumes;
    private final OpenDestinations destinations;
    private final BoxRows boxes;

    ApiVolumes(Packs packs, StoredVolumes volumes, OpenDestinations destinations, BoxRows boxes) {
        this.packs = packs;
        this.volumes = volumes;
        this.destinations = destinations;
        this.boxes = boxes;
    }

    /// One volume.
    ///
    /// @param crc32 of the whole volume, eight hexadecimal digits, once it has arrived
    /// @param complete whether it has arrived and was verified
    record View(String name, long bytes, @Nullable String crc32, boolean complete) {
        static View of(StoredVolumes.StoredVolume volume) {
            var crc = volume.crc32() == null ? null : "%08x".formatted(volume.crc32());
            return new View(volume.name(), volume.size(), crc, volume.complete());
        }
    }

    /// All of them, in order; none before the pack is laid out.
    @GetMapping("/volumes")
    ApiPage<View> list(@PathVariable String id) {
        var all = volumes.of(ApiPacks.known(packs, id).id());
        return new ApiPage<>(all.stream().map(View::of).toList(), null);
    }

    @GetMapping(value = "/checksums.sfv", produces = MediaType.TEXT_PLAIN_VALUE)
    ResponseEntity<byte[]> checksums(@PathVariable String id) {
        var lines = new StringBuilder();
        for (var volume : volumes.of(sealed(id).id()))
            if (volume.crc32() != null) lines.append(ChecksumList.sfvLine(volume.name(), volume.crc32()));
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .contentType(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8))
                .body(lines.toString().getBytes(StandardCharsets.UTF_8));
    }

    /// The object itself, byte for byte, whatever its size. The request's own (virtual) thread writes: a slow line is
    /// given
    /// all the time it needs.
    @GetMapping(value = "/manifest", produces = MediaType.APPLICATION_JSON_VALUE)
    void manifest(@PathVariable String id, HttpServletResponse response) throws IOException, InterruptedException {
        var pack = sealed(id);
        if (pack.onBox()) {
            write(response, boxes.manifest(id).orElseThrow(() -> notSealed(pack)));
            return;
        }
        var key = packs.manifestKey(id).map(ObjectKey::new).orElseThrow(() -> notSealed(pack));
        var size = size(pack, key);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setContentLengthLong(size);
        var out = response.getOutputStream();
        for (var done = 0L; done < size; done += STRETCH) out.write(read(pack, key, done, size));
    }

    private static void write(HttpServletResponse response, byte[] json) throws IOException {
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setContentLengthLong(json.length);
        response.getOutputStream().write(json);
    }

    private long size(Pack pack, ObjectKey key) throws InterruptedException {
        try {
            return destinations
                    .store(pack)
                    .find(key)
                    .orElseThrow(() -> new ApiException(
                            ApiProblem.NOT_FOUND,
                            "The manifest of '" + pack.name() + "' is not in the bucket any more."))
                    .size();
        } catch (StoreException e) {
            throw new ApiException(ApiProblem.UNAVAILABLE, String.valueOf(e.getMessage()));
        }
    }

    private byte[] read(Pack pack, ObjectKey key, long from, long size) throws IOException, InterruptedException {
        return destinations.store(pack).read(key, from, (int) Math.min(STRETCH, size - from));
    }

    private Pack sealed(String id) {
        var pack = ApiPacks.known(packs, id);
        if (pack.state() != PackState.READY) throw notSealed(pack);
        return pack;
    }

    private static ApiException notSealed(Pack pack) {
        return new ApiException(
                ApiProblem.NOT_READY,
                "'" + pack.name() + "' is " + ApiWords.of(pack.state()) + ": only a pack that is ready has that.");
    }
}
