package dev.transpack.uploading;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;

/// What a storage service says when it says no, its status in the first two bytes: always a sentence and a kind.
public final class StoreAnswerFuzz {
    private static final S3Errors ERRORS = new S3Errors(new DestinationSettings(
            "box",
            "bucket",
            "",
            new DestinationSettings.Address(URI.create("http://127.0.0.1:9"), null, "r", true),
            null,
            DestinationSettings.Storage.PLAIN));

    private StoreAnswerFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length < 2) return;
        var status = 300 + ((input[0] & 0xFF) + (input[1] & 0xFF)) % 300;
        var body = java.util.Arrays.copyOfRange(input, 2, input.length);
        var said = ERRORS.translate("store a part", SignedPut.refused(status, Map.of(), body));
        assertThat(said.kind()).isNotNull();
        assertThat(said.getMessage())
                .startsWith("Cannot store a part in s3://bucket: ")
                .endsWith(".");
        assertThat(said.getMessage().lines().count()).isEqualTo(1);
    }
}
