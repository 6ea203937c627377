package dev.transpack.uploading;

import dev.transpack.settings.ByteSize;
import dev.transpack.settings.Secret;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// One place where volumes go.
///
/// @param name as in the settings, `destinations.<name>`
/// @param bucket the bucket, which must exist
/// @param prefix what every key begins with; may be empty
/// @param address which service
/// @param keys none: the SDK's own credential chain (environment, profile, instance role)
/// @param storage how objects are kept
public record DestinationSettings(
        String name,
        String bucket,
        String prefix,
        Address address,
        @Nullable Keys keys,
        Storage storage) {

    /// The name of the one that `transpack pack` is given, which has options and no settings.
    public static final String OPTION = "--output";

    /// Whether it was named on the command line instead of in the settings.
    boolean isOfACommand() {
        return name.equals(OPTION);
    }

    /// Which service.
    ///
    /// @param endpoint none: Amazon's, or what `AWS_ENDPOINT_URL_S3` says
    /// @param publicEndpoint what clients reach the service by, when that is another name; links are signed for it
    /// @param region none: what the SDK finds; `us-east-1` with an endpoint of one's own
    /// @param pathStyle whether the bucket stands in the path instead of the host name
    public record Address(
            @Nullable URI endpoint,
            @Nullable URI publicEndpoint,
            @Nullable String region,
            boolean pathStyle) {

        /// Amazon's service, or what the environment says.
        public static Address aws() {
            return new Address(null, null, null, false);
        }

        /// A service of one's own.
        public static Address at(URI endpoint) {
            return new Address(endpoint, null, null, true);
        }
    }

    /// An access key and its secret.
    public record Keys(String accessKey, Secret secretKey) {}

    /// How objects are kept; null means as the bucket does by itself.
    ///
    /// @param storageClass such as `STANDARD_IA`
    /// @param encryption `AES256`, `aws:kms`, or `aws:kms:<key id>`
    /// @param quota how much our packs may take there; null: as much as there is
    public record Storage(
            @Nullable String storageClass,
            @Nullable String encryption,
            @Nullable ByteSize quota) {
        /// As the bucket does by itself.
        public static final Storage PLAIN = new Storage(null, null, null);
    }
}
