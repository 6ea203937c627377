package dev.transpack.uploading;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.LegacyMd5Plugin;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/// Sets the SDK up so that its requests are understood by every server we know of (docs/design/s3.md).
final class S3Clients {

    private S3Clients() {}

    static S3Client client(DestinationSettings settings, SdkHttpClient http) {
        var builder = S3Client.builder()
                .httpClient(http)
                .credentialsProvider(credentials(settings))
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                // Deleting many needs a checksum; older servers know only the one in Content-MD5.
                .addPlugin(LegacyMd5Plugin.create())
                .serviceConfiguration(configuration(settings))
                // An upload waits longer between attempts than the SDK does, and says so: see Retries.
                .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()));
        var address = settings.address();
        if (address.endpoint() != null) builder.endpointOverride(address.endpoint());
        var region = region(address);
        if (region != null) builder.region(region);
        return builder.build();
    }

    static S3Presigner presigner(DestinationSettings settings) {
        var builder = S3Presigner.builder()
                .credentialsProvider(credentials(settings))
                .serviceConfiguration(configuration(settings));
        var address = settings.address();
        var endpoint = address.publicEndpoint() != null ? address.publicEndpoint() : address.endpoint();
        if (endpoint != null) builder.endpointOverride(endpoint);
        var region = region(address);
        if (region != null) builder.region(region);
        return builder.build();
    }

    private static S3Configuration configuration(DestinationSettings settings) {
        return S3Configuration.builder()
                .pathStyleAccessEnabled(settings.address().pathStyle())
                .chunkedEncodingEnabled(false)
                .expectContinueEnabled(false)
                .build();
    }

    private static AwsCredentialsProvider credentials(DestinationSettings settings) {
        var keys = settings.keys();
        if (keys == null) return DefaultCredentialsProvider.builder().build();
        return StaticCredentialsProvider.create(
                AwsBasicCredentials.create(keys.accessKey(), keys.secretKey().reveal()));
    }

    /// Null leaves it to the SDK, which may ask the machine's metadata service; a service of one's own has no use for
    /// that, and most of them take any region.
    private static @Nullable Region region(DestinationSettings.Address address) {
        if (address.region() != null) return Region.of(address.region());
        if (address.endpoint() == null) return null;
        var fromEnvironment = System.getenv("AWS_REGION");
        return fromEnvironment == null || fromEnvironment.isBlank() ? Region.US_EAST_1 : Region.of(fromEnvironment);
    }
}
