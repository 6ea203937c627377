package dev.transpack.uploading;

import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.internal.signer.CredentialScope;
import software.amazon.awssdk.http.auth.aws.internal.signer.V4Properties;
import software.amazon.awssdk.http.auth.aws.internal.signer.V4RequestSigner;
import software.amazon.awssdk.http.auth.aws.scheme.AwsV4AuthScheme;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignRequest;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignedRequest;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.identity.spi.IdentityProviders;

/// Signs a request that already carries [#HASH] with that value. The SDK's own signer would read every body once more
/// over plain HTTP (0.6 CPU seconds a GiB), and would not sign bodies at all over TLS. Everything else is signed as
/// ever.
///
/// Uses a class of the SDK that is marked internal, because no public one takes a digest: the pinned version and the
/// store's contract tests hold it.
final class PrecomputedHashScheme implements AwsV4AuthScheme {
    /// The header in which a body's SHA-256 is signed.
    static final String HASH = "x-amz-content-sha256";

    private static final AwsV4AuthScheme STANDARD = AwsV4AuthScheme.create();

    @Override
    public String schemeId() {
        return STANDARD.schemeId();
    }

    @Override
    public IdentityProvider<AwsCredentialsIdentity> identityProvider(IdentityProviders providers) {
        return STANDARD.identityProvider(providers);
    }

    @Override
    public AwsV4HttpSigner signer() {
        return new Signer(STANDARD.signer());
    }

    private record Signer(AwsV4HttpSigner standard) implements AwsV4HttpSigner {

        @Override
        public SignedRequest sign(SignRequest<? extends AwsCredentialsIdentity> request) {
            if (request.request().firstMatchingHeader(HASH).isEmpty()) return standard.sign(request);
            return SignedRequest.builder()
                    .request(signed(request))
                    .payload(request.payload().orElse(null))
                    .build();
        }

        @Override
        public CompletableFuture<AsyncSignedRequest> signAsync(
                AsyncSignRequest<? extends AwsCredentialsIdentity> request) {
            return standard.signAsync(request);
        }

        private static SdkHttpRequest signed(SignRequest<? extends AwsCredentialsIdentity> request) {
            var clock = request.requireProperty(HttpSigner.SIGNING_CLOCK, Clock.systemUTC());
            var scope = new CredentialScope(
                    request.requireProperty(AwsV4HttpSigner.REGION_NAME),
                    request.requireProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME),
                    clock.instant());
            var properties = V4Properties.builder()
                    .credentials(request.identity())
                    .credentialScope(scope)
                    .signingClock(clock)
                    .doubleUrlEncode(request.requireProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, true))
                    .normalizePath(request.requireProperty(AwsV4HttpSigner.NORMALIZE_PATH, true))
                    .build();
            return V4RequestSigner.header(properties)
                    .sign(request.request().toBuilder())
                    .getSignedRequest()
                    .build();
        }
    }
}
