package dev.transpack.command;

import dev.transpack.uploading.DestinationSettings;
import dev.transpack.uploading.ObjectKey;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Which bucket `s3://...` means. What is not said here comes from the AWS SDK's own variables and profiles.
final class BucketOptions {
    private static final String SCHEME = "s3://";

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            description = "The S3 service; else AWS_ENDPOINT_URL_S3, else Amazon's.")
    private @Nullable URI endpoint;

    @Option(names = "--region", paramLabel = "REGION", description = "Else AWS_REGION or the profile's.")
    private @Nullable String region;

    @Option(
            names = "--path-style",
            negatable = true,
            description = "The bucket stands in the path; else so with a service of one's own.")
    private @Nullable Boolean pathStyle;

    @Option(names = "--restart", description = "Take back what an earlier run had sent, and begin afresh.")
    private boolean restart;

    /// A bucket to write to.
    record Target(DestinationSettings settings, boolean restart) {}

    /// The bucket, when the output is `s3://bucket/prefix`; empty when it is a directory, which none of these suit.
    Optional<Target> target(String output) {
        if (output.startsWith(SCHEME)) return Optional.of(destination(output));
        if (endpoint != null || region != null || pathStyle != null || restart)
            throw wrong(
                    "--output " + output,
                    "--endpoint, --region, --path-style and --restart are for a bucket, s3://bucket/prefix");
        return Optional.empty();
    }

    private Target destination(String output) {
        var rest = output.substring(SCHEME.length());
        var slash = rest.indexOf('/');
        var bucket = slash < 0 ? rest : rest.substring(0, slash);
        var prefix = slash < 0 ? "" : rest.substring(slash + 1);
        if (bucket.isEmpty()) throw wrong(output, "write s3://bucket/prefix");
        if (endpoint != null && endpoint.getHost() == null)
            throw wrong("--endpoint " + endpoint, "write an http or https address");
        try {
            ObjectKey.manifest(prefix, "id");
        } catch (IllegalArgumentException e) {
            throw wrong(output, "write a prefix without . and ..");
        }
        var address = new DestinationSettings.Address(endpoint, null, region, inPath());
        return new Target(
                new DestinationSettings(
                        DestinationSettings.OPTION, bucket, prefix, address, null, DestinationSettings.Storage.PLAIN),
                restart);
    }

    private boolean inPath() {
        if (pathStyle != null) return pathStyle;
        return endpoint != null || isSet("AWS_ENDPOINT_URL_S3") || isSet("AWS_ENDPOINT_URL");
    }

    private static boolean isSet(String variable) {
        var value = System.getenv(variable);
        return value != null && !value.isBlank();
    }

    private ParameterException wrong(String what, String remedy) {
        return new ParameterException(spec.commandLine(), what + ": " + remedy);
    }
}
