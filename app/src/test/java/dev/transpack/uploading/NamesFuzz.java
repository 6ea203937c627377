package dev.transpack.uploading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.librar.PackName;
import dev.transpack.sharing.ChecksumList;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A name of a torrent or a file, on its way into headers, keys, lists and names of volumes.
public final class NamesFuzz {
    private static final String ENCODED = "filename*=UTF-8''";

    private NamesFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        var name = new String(input, StandardCharsets.UTF_8);
        disposition(name);
        assertThat(PackName.of(PackName.of(name).value())).isEqualTo(PackName.of(name));
        assertThat(PackName.of(name).value().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(228);
        assertThat(ChecksumList.sfvLine(name, 7).lines()).hasSize(1);
        try {
            var key = ObjectKey.of("some/prefix", "pack", name);
            assertThat(Arrays.asList(key.value().split("/", -1))).doesNotContain("", ".", "..");
            assertThat(key.manifestBeside("pack").value()).isEqualTo("some/prefix/pack/manifest.json");
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private static void disposition(String name) {
        var header = ContentDisposition.attachment(name);
        assertThat(header).matches("attachment; filename=\"[ !#-~&&[^\\\\]]*\"; filename\\*=UTF-8''[!-~]*");
        var encoded = header.substring(header.lastIndexOf(ENCODED) + ENCODED.length());
        assertThat(URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8))
                .isEqualTo(name);
    }
}
