package dev.transpack.uploading;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Where a pack's objects lie, whatever the settings say later.
///
/// @param endpoint host, port and path of the service; empty for Amazon's
/// @param bucket the bucket
record Place(String endpoint, String bucket) {

    static Place of(DestinationSettings settings) {
        return new Place(withoutScheme(settings.address().endpoint()), settings.bucket());
    }

    /// One sentence that names the setting to put back, when the settings lead somewhere else now.
    @Nullable
    String differenceFrom(DestinationSettings now, String pack) {
        var there = of(now);
        if (!bucket.equals(there.bucket)) return moved(pack, now.name(), "bucket", there.bucket, bucket);
        if (!endpoint.equals(there.endpoint)) return moved(pack, now.name(), "endpoint", there.endpoint, endpoint);
        return null;
    }

    private static String moved(String pack, String destination, String setting, String now, String then) {
        return "'" + pack + "' lies elsewhere: destinations." + destination + "." + setting + " is "
                + (now.isEmpty() ? "not set" : "'" + now + "'") + " now and was "
                + (then.isEmpty() ? "not set" : "'" + then + "'")
                + " when it was sent; put that back, and give the other place a destination of its own.";
    }

    /// The same service by http and https is the same place.
    private static String withoutScheme(@Nullable URI endpoint) {
        if (endpoint == null) return "";
        var path = endpoint.getRawPath() == null ? "" : endpoint.getRawPath().replaceAll("/+$", "");
        return endpoint.getRawAuthority().toLowerCase(Locale.ROOT) + path;
    }
}
