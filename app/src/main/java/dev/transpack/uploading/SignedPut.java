package dev.transpack.uploading;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.auth.aws.internal.signer.CredentialScope;
import software.amazon.awssdk.http.auth.aws.internal.signer.V4Properties;
import software.amazon.awssdk.http.auth.aws.internal.signer.V4RequestSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Sends what carries bytes: a part, or an object that is one part. Signed with the SHA-256 the body already has, and
/// not through the SDK's pipeline, which would read every body once more over plain HTTP (0.6 CPU seconds a GiB), not
/// sign it at all over TLS, and cost as much as sending does until Java has compiled it.
///
/// Signs with a class of the SDK that is marked internal, because no public one takes a digest: the pinned version and
/// the store's contract tests hold it.
final class SignedPut {
    private static final String HASH = "x-amz-content-sha256";
    private static final String SERVICE = "s3";

    private static final Pattern CODE = Pattern.compile("<Code>([^<]*)</Code>");
    private static final Pattern MESSAGE = Pattern.compile("<Message>([^<]*)</Message>");

    private final S3Client client;
    private final StoreHttpClient http;
    private final String bucket;

    /// @param client whose address, region and credentials are used
    SignedPut(S3Client client, StoreHttpClient http, String bucket) {
        this.client = client;
        this.http = http;
        this.bucket = bucket;
    }

    /// A request that writes to this key; parameters and headers may be added.
    SdkHttpRequest.Builder to(ObjectKey key) {
        var address = client.utilities().getUrl(url -> url.bucket(bucket).key(key.value()));
        return SdkHttpRequest.builder().method(SdkHttpMethod.PUT).uri(address.toString());
    }

    /// Sends the body.
    ///
    /// @return the headers of an answer that says yes
    /// @throws software.amazon.awssdk.core.exception.SdkException as the SDK's own calls do
    SdkHttpResponse send(SdkHttpRequest.Builder request, PartBody body) {
        var signed = signed(request.putHeader(HASH, body.sha256()).build());
        try {
            var answer = http.exchange(signed, body);
            if (answer.httpResponse().isSuccessful()) return answer.httpResponse();
            throw refused(answer);
        } catch (IOException e) {
            throw SdkClientException.create(e.getMessage(), e);
        }
    }

    private SdkHttpRequest signed(SdkHttpRequest request) {
        var clock = Clock.systemUTC();
        var region = client.serviceClientConfiguration().region().id();
        var properties = V4Properties.builder()
                .credentials(identity())
                .credentialScope(new CredentialScope(region, SERVICE, clock.instant()))
                .signingClock(clock)
                .doubleUrlEncode(false)
                .normalizePath(false)
                .build();
        return V4RequestSigner.header(properties)
                .sign(request.toBuilder())
                .getSignedRequest()
                .build();
    }

    private AwsCredentialsIdentity identity() {
        return client.serviceClientConfiguration()
                .credentialsProvider()
                .resolveIdentity()
                .join();
    }

    private static S3Exception refused(HttpExecuteResponse answer) throws IOException {
        var said = new ByteArrayOutputStream();
        try (InputStream body = answer.responseBody().orElseThrow()) {
            body.transferTo(said);
        }
        var text = said.toString(StandardCharsets.UTF_8);
        var details = AwsErrorDetails.builder()
                .errorCode(first(CODE, text))
                .errorMessage(first(MESSAGE, text))
                .sdkHttpResponse(answer.httpResponse())
                .build();
        return (S3Exception) S3Exception.builder()
                .statusCode(answer.httpResponse().statusCode())
                .awsErrorDetails(details)
                .message(details.errorMessage())
                .build();
    }

    private static String first(Pattern pattern, String text) {
        var found = pattern.matcher(text);
        return found.find() ? found.group(1) : "";
    }
}
