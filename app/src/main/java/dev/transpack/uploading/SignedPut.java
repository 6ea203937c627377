package dev.transpack.uploading;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/// Sends what carries bytes: a part, or an object that is one part. Signed with the SHA-256 the body already has, and
/// not through the SDK's pipeline, which would read every body once more over plain HTTP (0.6 CPU seconds a GiB), not
/// sign it at all over TLS, and cost as much as sending does until Java has compiled it.
final class SignedPut {
    private static final String METHOD = "PUT";
    private static final Pattern CODE = Pattern.compile("<Code>([^<]*)</Code>");
    private static final Pattern MESSAGE = Pattern.compile("<Message>([^<]*)</Message>");

    private final StoreHttpClient http;
    private final String bucket;
    private final IdentityProvider<? extends AwsCredentialsIdentity> credentials;
    private final SignatureV4 signature;

    /// @param client whose address, region and credentials are used
    SignedPut(S3Client client, StoreHttpClient http, String bucket) {
        this.http = http;
        this.bucket = bucketAddress(client, bucket);
        var configuration = client.serviceClientConfiguration();
        this.credentials = configuration.credentialsProvider();
        this.signature = new SignatureV4(configuration.region().id(), InstantSource.system());
    }

    /// Sends a part.
    ///
    /// @return the headers of an answer that says yes
    /// @throws software.amazon.awssdk.core.exception.SdkException as the SDK's own calls do
    HttpHeaders part(ObjectStore.OpenUpload upload, int number, PartBody body) {
        var query = "?partNumber=" + number + "&uploadId=" + SdkHttpUtils.urlEncode(upload.id());
        return send(address(upload.key(), query), body.headers(), body);
    }

    /// Writes an object in one request.
    ///
    /// @return the headers of an answer that says yes
    /// @throws software.amazon.awssdk.core.exception.SdkException as the SDK's own calls do
    HttpHeaders object(ObjectKey key, Map<String, String> headers, PartBody body) {
        return send(address(key, ""), headers, body);
    }

    private URI address(ObjectKey key, String query) {
        return URI.create(bucket + SdkHttpUtils.urlEncodeIgnoreSlashes(key.value()) + query);
    }

    private HttpHeaders send(URI address, Map<String, String> headers, PartBody body) {
        var who = credentials.resolveIdentity().join();
        var request = HttpRequest.newBuilder(address);
        signature.sign(METHOD, address, headers, body.sha256(), who).forEach(request::header);
        try {
            var answer = http.send(request, METHOD, body);
            if (answer.statusCode() / 100 == 2) return answer.headers();
            throw refused(answer.statusCode(), answer.headers().map(), answer.body());
        } catch (IOException e) {
            throw SdkClientException.create(e.getMessage(), e);
        }
    }

    /// What the address of every object of this bucket begins with; the SDK knows how each service wants it.
    private static String bucketAddress(S3Client client, String bucket) {
        var key = "k";
        var one = client.utilities().getUrl(url -> url.bucket(bucket).key(key)).toString();
        return one.substring(0, one.length() - key.length());
    }

    static S3Exception refused(int status, Map<String, List<String>> headers, byte[] body) {
        var text = new String(body, StandardCharsets.UTF_8);
        var details = AwsErrorDetails.builder()
                .errorCode(first(CODE, text))
                .errorMessage(first(MESSAGE, text))
                .sdkHttpResponse(SdkHttpResponse.builder()
                        .statusCode(status)
                        .headers(headers)
                        .build())
                .build();
        return (S3Exception) S3Exception.builder()
                .statusCode(status)
                .awsErrorDetails(details)
                .message(details.errorMessage())
                .build();
    }

    private static String first(Pattern pattern, String text) {
        var found = pattern.matcher(text);
        return found.find() ? found.group(1) : "";
    }
}
