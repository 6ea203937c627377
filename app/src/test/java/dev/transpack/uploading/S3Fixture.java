package dev.transpack.uploading;

import dev.transpack.fixtures.S3Server;
import dev.transpack.settings.Secret;
import java.net.URI;

/// Stores that speak to the test server.
final class S3Fixture {
    private S3Fixture() {}

    static DestinationSettings settings(URI endpoint, String bucket) {
        return settings(endpoint, bucket, S3Server.ACCESS_KEY, S3Server.SECRET_KEY);
    }

    static DestinationSettings settings(URI endpoint, String bucket, String accessKey, String secretKey) {
        return new DestinationSettings(
                "test",
                bucket,
                "some/prefix",
                DestinationSettings.Address.at(endpoint),
                new DestinationSettings.Keys(accessKey, new Secret(secretKey)),
                DestinationSettings.Storage.PLAIN);
    }

    static S3ObjectStore store(URI endpoint, String bucket) throws StoreException {
        return S3ObjectStore.open(settings(endpoint, bucket));
    }
}
