package dev.transpack.uploading;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;

/// The list of files of an encrypted pack, once it is open: read, or refused in a sentence.
public final class SealedListFuzz {
    private static final PackManifest SEALED = PackManifest.parse("""
            {"version":1,"tool":"t","pack":{"id":"p","name":"n","format":"zip","partSize":5242880},"files":[],
             "sealedFiles":{"iterations":1,"salt":"00","nonce":"00","data":""},"volumes":[]}
            """.getBytes(StandardCharsets.UTF_8));

    private SealedListFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        try {
            var opened = SEALED.unsealed(input);
            assertThat(opened.files()).doesNotContainNull();
            assertThat(PackManifest.parse(opened.toJson()).toJson()).isEqualTo(opened.toJson());
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageStartingWith("this is not a pack's manifest");
        }
    }
}
