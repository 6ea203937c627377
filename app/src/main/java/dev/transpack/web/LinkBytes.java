package dev.transpack.web;

import dev.transpack.librar.ArchiveException;
import dev.transpack.packing.Pack;
import dev.transpack.sharing.BoxPacks;
import dev.transpack.sharing.BoxVolume;
import dev.transpack.sharing.LinkedVolume;
import dev.transpack.uploading.ContentDisposition;
import dev.transpack.uploading.StoreException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.ServletWebRequest;

/// Answers with the bytes of a volume that is served from this box, as a bucket would (RFC 9110): whole or in part,
/// on a condition, or its headers alone. The request's own (virtual) thread writes, so a slow line is given all the
/// time it needs; there is one buffer a request, and no database connection is held.
@Component
class LinkBytes {
    private static final Duration LOOK_EVERY = Duration.ofMinutes(1);

    private final BoxPacks boxes;
    private final InstantSource clock;

    LinkBytes(BoxPacks boxes, InstantSource clock) {
        this.boxes = boxes;
        this.clock = clock;
    }

    /// @param allowed whether the link still opens the pack; asked now and then while the bytes go out
    void answer(
            Pack pack,
            LinkedVolume volume,
            BooleanSupplier allowed,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException, InterruptedException {
        var sealed = Objects.requireNonNull(pack.times().sealed());
        var tag = "\"" + volume.etag() + "\"";
        if (isForAnother(request, tag)) {
            response.setStatus(HttpStatus.PRECONDITION_FAILED.value());
            return;
        }
        if (new ServletWebRequest(request, response).checkNotModified(tag, sealed.toEpochMilli())) return;
        switch (wanted(request, volume, tag, sealed)) {
            case LinkRange.Beyond() -> beyond(volume, response);
            case LinkRange.Whole() ->
                send(pack, volume, new LinkRange.Stretch(0, volume.size()), allowed, request, response);
            case LinkRange.Stretch stretch -> {
                response.setStatus(HttpStatus.PARTIAL_CONTENT.value());
                send(pack, volume, stretch, allowed, request, response);
            }
        }
    }

    /// The manifest of a pack that is served.
    ///
    /// @return false when there is none
    boolean manifest(Pack pack, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var json = boxes.manifest(pack).orElse(null);
        if (json == null) return false;
        response.setContentType("application/json");
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, ContentDisposition.attachment("manifest.json"));
        response.setContentLengthLong(json.length);
        if (!isHead(request)) response.getOutputStream().write(json);
        return true;
    }

    /// Whether `If-Match` names tags, and ours is none of them. The framework looks at it only where something changes.
    private static boolean isForAnother(HttpServletRequest request, String tag) {
        var wanted = request.getHeader(HttpHeaders.IF_MATCH);
        if (wanted == null || wanted.strip().equals("*")) return false;
        return Arrays.stream(wanted.split(",", -1)).map(String::strip).noneMatch(tag::equals);
    }

    private static LinkRange wanted(HttpServletRequest request, LinkedVolume volume, String tag, Instant modified) {
        if (isHead(request)) return new LinkRange.Whole();
        var condition = request.getHeader(HttpHeaders.IF_RANGE);
        if (condition != null && !condition.strip().equals(tag) && !isAt(request, modified))
            return new LinkRange.Whole();
        return LinkRange.of(request.getHeader(HttpHeaders.RANGE), volume.size());
    }

    /// Whether `If-Range` has our time, to the second.
    private static boolean isAt(HttpServletRequest request, Instant modified) {
        try {
            return request.getDateHeader(HttpHeaders.IF_RANGE) / 1000 == modified.getEpochSecond();
        } catch (IllegalArgumentException e) {
            return false; // another tag
        }
    }

    private static void beyond(LinkedVolume volume, HttpServletResponse response) {
        response.setHeader(HttpHeaders.CONTENT_RANGE, "bytes */" + volume.size());
        response.setStatus(HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE.value());
    }

    private void send(
            Pack pack,
            LinkedVolume volume,
            LinkRange.Stretch stretch,
            BooleanSupplier allowed,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException, InterruptedException {
        if (!boxes.isHere(pack))
            throw new StoreException(
                    StoreException.Kind.UNAVAILABLE, "the files of '" + pack.name() + "' are not on this node");
        try (var bytes = boxes.open(pack, volume.n())) {
            bytes.begin(stretch.from(), stretch.length());
            describe(volume, stretch, response);
            if (isHead(request)) return;
            // An answer that ends early is known by its length and by the end of the connection.
            if (bytes.hasMore()) response.setHeader(HttpHeaders.CONNECTION, "close");
            copy(bytes, allowed, response);
        }
    }

    private static void describe(LinkedVolume volume, LinkRange.Stretch stretch, HttpServletResponse response) {
        response.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
        response.setContentType(volume.contentType());
        response.setContentLengthLong(stretch.length());
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, ContentDisposition.attachment(volume.fileName()));
        if (response.getStatus() == HttpStatus.PARTIAL_CONTENT.value())
            response.setHeader(
                    HttpHeaders.CONTENT_RANGE,
                    "bytes " + stretch.from() + "-" + (stretch.from() + stretch.length() - 1) + "/" + volume.size());
    }

    /// Ends early when a file changed meanwhile, the link was revoked, or nobody listens any more.
    private void copy(BoxVolume bytes, BooleanSupplier allowed, HttpServletResponse response) throws IOException {
        var out = response.getOutputStream();
        var looked = clock.instant();
        for (var next = following(bytes); next != null; next = following(bytes)) {
            try {
                out.write(next.array(), next.arrayOffset() + next.position(), next.remaining());
            } catch (IOException e) {
                return; // whoever fetched it has gone
            }
            if (clock.instant().isBefore(looked.plus(LOOK_EVERY))) continue;
            looked = clock.instant();
            if (!allowed.getAsBoolean()) return;
        }
    }

    /// The next bytes; null at the end, and when there can be no more.
    private static @Nullable ByteBuffer following(BoxVolume bytes) {
        try {
            return bytes.next();
        } catch (ArchiveException e) {
            return null; // it stands on the pack and in the log
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private static boolean isHead(HttpServletRequest request) {
        return request.getMethod().equals(HttpMethod.HEAD.name());
    }
}
