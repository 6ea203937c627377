package dev.transpack.uploading;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/// The examples Amazon published ("Authenticating Requests: Using the Authorization Header", Amazon S3 API reference);
/// that servers take what we send is for [S3ObjectStoreTest].
class SignatureV4Test {
    private static final String ACCESS = "AKIAIOSFODNN7EXAMPLE";
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    private static final AwsBasicCredentials KEYS = AwsBasicCredentials.create(ACCESS, SECRET);
    private static final Instant THEN = Instant.parse("2013-05-24T00:00:00Z");
    private static final String HOST = "https://examplebucket.s3.amazonaws.com";
    private static final String NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private Instant now = THEN;
    private final SignatureV4 signature = new SignatureV4("us-east-1", () -> now);

    @Test
    void writesAnObject() {
        var welcome = "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072";
        var headers = Map.of("Date", "Fri, 24 May 2013 00:00:00 GMT", "x-amz-storage-class", "REDUCED_REDUNDANCY");

        var signed = signature.sign("PUT", URI.create(HOST + "/test%24file.text"), headers, welcome, KEYS);

        assertThat(signed)
                .containsOnlyKeys("authorization", "date", "x-amz-content-sha256", "x-amz-date", "x-amz-storage-class")
                .containsEntry("x-amz-date", "20130524T000000Z")
                .containsEntry(
                        "authorization",
                        "AWS4-HMAC-SHA256 Credential=" + ACCESS + "/20130524/us-east-1/s3/aws4_request,"
                                + "SignedHeaders=date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class,"
                                + "Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");
    }

    @Test
    void readsARange() {
        assertThat(sign("/test.txt", Map.of("Range", "bytes=0-9")))
                .endsWith("=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
    }

    @ParameterizedTest
    @CsvSource({
        "/?lifecycle=, fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543",
        "/?max-keys=2&prefix=J, 34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"
    })
    void signsTheQuery(String address, String expected) {
        assertThat(sign(address, Map.of())).endsWith("=" + expected);
    }

    @Test
    void aKeyIsForItsDayAndItsSecret() {
        var today = sign("/test.txt", Map.of("Range", "bytes=0-9"));
        now = now.plusSeconds(86_400);
        assertThat(sign("/test.txt", Map.of("Range", "bytes=0-9"))).isNotEqualTo(today);
        now = THEN;
        var other = AwsBasicCredentials.create(ACCESS, SECRET + "x");
        assertThat(signature.sign("GET", URI.create(HOST + "/test.txt"), Map.of("Range", "bytes=0-9"), NOTHING, other))
                .doesNotContainValue(today);
        assertThat(sign("/test.txt", Map.of("Range", "bytes=0-9"))).isEqualTo(today);
    }

    @Test
    void aSessionsTokenIsSignedToo() {
        var session = AwsSessionCredentials.create(ACCESS, SECRET, "token");
        var signed = signature.sign("GET", URI.create(HOST + "/x"), Map.of(), NOTHING, session);
        assertThat(signed).containsEntry("x-amz-security-token", "token");
        assertThat(signed.get("authorization")).contains("x-amz-date;x-amz-security-token,");
    }

    /// What the HTTP client will write as Host, is what must be signed.
    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:80/x, http://127.0.0.1/x, true",
        "https://127.0.0.1:443/x, https://127.0.0.1/x, true",
        "https://127.0.0.1:80/x, https://127.0.0.1/x, false",
        "http://127.0.0.1:9000/x, http://127.0.0.1/x, false",
        "http://127.0.0.1:9000/x, http://127.0.0.2:9000/x, false"
    })
    void theHostIsSignedWithoutItsUsualPort(String one, String other, boolean same) {
        var source = InstantSource.fixed(THEN);
        var signed = new HashMap<String, String>();
        for (var address : new String[] {one, other})
            signed.put(
                    address,
                    new SignatureV4("us-east-1", source)
                            .sign("GET", URI.create(address), Map.of(), NOTHING, KEYS)
                            .get("authorization"));
        assertThat(signed.get(one).equals(signed.get(other))).isEqualTo(same);
    }

    private String sign(String address, Map<String, String> headers) {
        return signature
                .sign("GET", URI.create(HOST + address), headers, NOTHING, KEYS)
                .getOrDefault("authorization", "");
    }
}
