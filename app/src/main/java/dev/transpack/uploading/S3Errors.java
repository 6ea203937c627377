package dev.transpack.uploading;

import dev.transpack.uploading.StoreException.Kind;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;

/// Turns what the SDK throws into one sentence and a kind.
final class S3Errors {
    private static final String AWS_KEYS = "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY";

    private final DestinationSettings settings;

    S3Errors(DestinationSettings settings) {
        this.settings = settings;
    }

    static boolean isInterrupt(SdkException e) {
        return e instanceof AbortedException || Thread.currentThread().isInterrupted();
    }

    StoreException translate(String doing, SdkException e) {
        return e instanceof AwsServiceException service ? answered(doing, service) : unanswered(doing, e);
    }

    /// The destination gave an answer, and it was no.
    private StoreException answered(String doing, AwsServiceException e) {
        var details = e.awsErrorDetails();
        var code = details == null || details.errorCode() == null ? "" : details.errorCode();
        var said = details == null || details.errorMessage() == null ? "" : details.errorMessage();
        return switch (code) {
            case "NoSuchBucket" ->
                problem(
                        Kind.REFUSED,
                        doing,
                        "there is no bucket " + settings.bucket() + at() + ": create it or mend " + setting("bucket"),
                        e);
            case "NoSuchUpload", "NoSuchKey", "NotFound" -> problem(Kind.NOT_FOUND, doing, "it is not there", e);
            case "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidSecurity", "AuthFailure" ->
                problem(Kind.DENIED, doing, "the keys are not accepted" + at() + ": mend " + keys(), e);
            case "ExpiredToken", "InvalidToken", "TokenRefreshRequired" ->
                problem(Kind.DENIED, doing, "the temporary credentials have expired: renew them", e);
            case "RequestTimeTooSkewed", "RequestExpired" ->
                problem(
                        Kind.DENIED,
                        doing,
                        "this machine's clock and that of the service differ too much: set the clock",
                        e);
            case "PermanentRedirect",
                    "AuthorizationHeaderMalformed",
                    "IllegalLocationConstraintException",
                    "TemporaryRedirect" ->
                problem(
                        Kind.REFUSED,
                        doing,
                        "bucket " + settings.bucket() + " lies in another region: set " + setting("region")
                                + quoted(said),
                        e);
            case "BadDigest",
                    "XAmzContentSHA256Mismatch",
                    "InvalidDigest",
                    "IncompleteBody",
                    "XAmzContentChecksumMismatch" ->
                problem(Kind.CORRUPT, doing, "other bytes arrived than were sent", e);
            case "SlowDown", "Throttling", "ThrottlingException", "RequestLimitExceeded", "TooManyRequests" ->
                problem(Kind.THROTTLED, doing, "the service asks for fewer requests", e);
            case "InternalError",
                    "ServiceUnavailable",
                    "RequestTimeout",
                    "OperationAborted",
                    "ConditionalRequestConflict" ->
                problem(Kind.UNAVAILABLE, doing, "the service failed" + at() + quoted(said), e);
            default -> byStatus(doing, e, code + (said.isEmpty() ? "" : " " + said));
        };
    }

    private StoreException byStatus(String doing, AwsServiceException e, String said) {
        var status = e.statusCode();
        return switch (status) {
            case 401, 403 ->
                problem(
                        Kind.DENIED,
                        doing,
                        "the service forbids it: give these keys the right to do that in bucket " + settings.bucket()
                                + quoted(said),
                        e);
            case 404 -> problem(Kind.NOT_FOUND, doing, "it is not there", e);
            case 301, 307 ->
                problem(
                        Kind.REFUSED,
                        doing,
                        "bucket " + settings.bucket() + " lies in another region: set " + setting("region"),
                        e);
            case 412 -> problem(Kind.CONFLICT, doing, "something else lies there", e);
            case 429, 503 -> problem(Kind.THROTTLED, doing, "the service asks for fewer requests", e);
            case 501 -> problem(Kind.REFUSED, doing, "the service does not know how to" + quoted(said), e);
            case 408 -> problem(Kind.UNAVAILABLE, doing, "the service did not get all of it in time" + quoted(said), e);
            default -> status >= 500 ? broken(doing, said, e) : refused(doing, said, e);
        };
    }

    /// 520 to 530 are of proxies before the service: it may be back soon.
    private StoreException broken(String doing, String said, AwsServiceException e) {
        var what = "the service failed" + at() + " with status " + e.statusCode() + quoted(said);
        return problem(Kind.UNAVAILABLE, doing, what, e);
    }

    private StoreException refused(String doing, String said, AwsServiceException e) {
        var what = "the service refused it with status " + e.statusCode() + quoted(said);
        return problem(Kind.REFUSED, doing, what, e);
    }

    /// No answer came.
    private StoreException unanswered(String doing, SdkException e) {
        var tls = tlsFailure(e);
        if (tls != null)
            return problem(
                    Kind.REFUSED,
                    doing,
                    "no secure connection" + at() + ": check the certificate, or whether the service speaks plain http"
                            + quoted(tls),
                    e);
        if (find(e, UnknownHostException.class) != null)
            return problem(
                    Kind.UNAVAILABLE,
                    doing,
                    "the host name is not known" + at() + ": mend " + setting("endpoint") + " or the network",
                    e);
        if (find(e, ConnectException.class) != null)
            return problem(
                    Kind.UNAVAILABLE,
                    doing,
                    "nothing answers" + at() + ": mend " + setting("endpoint") + " or start the service",
                    e);
        if (find(e, SocketTimeoutException.class) != null)
            return problem(Kind.UNAVAILABLE, doing, "the service did not answer in time" + at(), e);
        var said = String.valueOf(e.getMessage());
        if (said.contains("Unable to load credentials") || said.contains("AWS credentials"))
            return problem(
                    Kind.DENIED,
                    doing,
                    "there are no keys: set " + (settings.isOfACommand() ? "" : keys() + ", or ") + AWS_KEYS
                            + ", or AWS_PROFILE",
                    e);
        if (said.contains("Unable to load region"))
            return problem(Kind.REFUSED, doing, "no region is known: set " + setting("region") + " or AWS_REGION", e);
        return problem(Kind.UNAVAILABLE, doing, "the connection broke" + at() + quoted(root(e)), e);
    }

    private StoreException problem(Kind kind, String doing, String why, SdkException cause) {
        return StoreException.because(kind, "Cannot " + doing + " in s3://" + settings.bucket(), why + ".", cause);
    }

    private String at() {
        var endpoint = settings.address().endpoint();
        return endpoint == null ? "" : " at " + endpoint;
    }

    private String keys() {
        return settings.isOfACommand() ? AWS_KEYS : setting("access-key") + " and " + setting("secret-key");
    }

    /// What the user can mend: a setting, or the option of the command that knows no settings.
    private String setting(String member) {
        if (!settings.isOfACommand()) return "destinations." + settings.name() + "." + member;
        return switch (member) {
            case "bucket" -> DestinationSettings.OPTION;
            case "endpoint" -> "--endpoint (AWS_ENDPOINT_URL_S3)";
            default -> "--" + member;
        };
    }

    private static String quoted(@Nullable String said) {
        if (said == null || said.isBlank()) return "";
        var line = said.strip().lines().findFirst().orElse("");
        return " (" + (line.endsWith(".") ? line.substring(0, line.length() - 1) : line) + ")";
    }

    /// What is wrong with the handshake; null if a connection that was good broke later, which may pass.
    private static @Nullable String tlsFailure(SdkException e) {
        var failure = find(e, SSLException.class);
        if (failure == null) return null;
        var said = String.valueOf(failure.getMessage());
        return failure instanceof SSLHandshakeException
                        || said.toLowerCase(Locale.ROOT).contains("unrecognized ssl message")
                ? said
                : null;
    }

    private static @Nullable Throwable find(Throwable e, Class<? extends Throwable> type) {
        for (Throwable each = e; each != null; each = each.getCause()) if (type.isInstance(each)) return each;
        return null;
    }

    private static String root(Throwable e) {
        var deepest = e;
        while (deepest.getCause() != null) deepest = deepest.getCause();
        return String.valueOf(deepest.getMessage());
    }
}
