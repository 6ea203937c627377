package dev.transpack.uploading;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/// Signs requests to S3 whose body's SHA-256 is known already, in their headers: Amazon's Signature Version 4
/// ("Authenticating Requests: Using the Authorization Header", whose examples are its test). The key of a day is
/// derived once.
final class SignatureV4 {
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final String HMAC = "HmacSHA256";
    private static final String END = "aws4_request";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int DATE_LENGTH = 8;

    private final String region;
    private final InstantSource clock;
    private volatile @Nullable DayKey latest;

    SignatureV4(String region, InstantSource clock) {
        this.region = region;
        this.clock = clock;
    }

    /// @param address its path and query are signed as they stand: percent-encoded, the query's parameters in order
    ///     and each with its `=`
    /// @param headers what will be sent besides what the HTTP client adds of its own accord
    /// @param bodySha256 64 hexadecimal digits
    /// @return these headers and those that sign them, to be sent as they are
    Map<String, String> sign(
            String method, URI address, Map<String, String> headers, String bodySha256, AwsCredentialsIdentity who) {
        var time = TIME.format(clock.instant());
        var sent = lowerCase(headers);
        sent.put("x-amz-content-sha256", bodySha256);
        sent.put("x-amz-date", time);
        if (who instanceof AwsSessionCredentialsIdentity session)
            sent.put("x-amz-security-token", session.sessionToken());
        var signed = new TreeMap<>(sent);
        signed.put("host", host(address));
        sent.put("authorization", authorization(canonical(method, address, signed, bodySha256), signed, time, who));
        return sent;
    }

    private String authorization(
            String canonical, SortedMap<String, String> signed, String time, AwsCredentialsIdentity who) {
        var date = time.substring(0, DATE_LENGTH);
        var scope = date + "/" + region + "/s3/" + END;
        var text = ALGORITHM + "\n" + time + "\n" + scope + "\n" + hex(digest(canonical));
        return ALGORITHM + " Credential=" + who.accessKeyId() + "/" + scope + ",SignedHeaders=" + names(signed)
                + ",Signature=" + hex(hmac(key(who.secretAccessKey(), date), text));
    }

    private static String canonical(String method, URI address, SortedMap<String, String> signed, String bodySha256) {
        var query = address.getRawQuery() == null ? "" : address.getRawQuery();
        var lines = signed.entrySet().stream()
                .map(header -> header.getKey() + ":" + header.getValue().strip() + "\n")
                .collect(Collectors.joining());
        return String.join("\n", method, address.getRawPath(), query, lines, names(signed), bodySha256);
    }

    /// As the JDK's HTTP client writes it: without the port that goes without saying.
    private static String host(URI address) {
        var usual = address.getScheme().equals("https") ? 443 : 80;
        var port = address.getPort();
        return port < 0 || port == usual ? address.getHost() : address.getHost() + ":" + port;
    }

    private static String names(SortedMap<String, String> signed) {
        return String.join(";", signed.keySet());
    }

    private static SortedMap<String, String> lowerCase(Map<String, String> headers) {
        var lower = new TreeMap<String, String>();
        headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
        return lower;
    }

    private byte[] key(String secret, String date) {
        var known = latest;
        if (known == null || !known.isFor(secret, date)) {
            var key = hmac(("AWS4" + secret).getBytes(StandardCharsets.UTF_8), date);
            for (var each : new String[] {region, "s3", END}) key = hmac(key, each);
            known = new DayKey(secret, date, key);
            latest = known;
        }
        return known.key;
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            var mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] digest(String text) {
        return Digests.newSha256().digest(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /// What a day's requests are signed with.
    private static final class DayKey {
        private final byte[] secret;
        private final String date;
        private final byte[] key;

        DayKey(String secret, String date, byte[] key) {
            this.secret = secret.getBytes(StandardCharsets.UTF_8);
            this.date = date;
            this.key = key;
        }

        boolean isFor(String other, String day) {
            return date.equals(day) && MessageDigest.isEqual(secret, other.getBytes(StandardCharsets.UTF_8));
        }
    }
}
