package dev.transpack.fetching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.librar.Entry;
import dev.transpack.uploading.PackManifest;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;

/// A manifest of a server that nobody knows: refused in a sentence, or one whose files stay in their folder and whose
/// bytes are there.
public final class ManifestFuzz {
    private static final Path HOME = Path.of("/home/somebody/here");

    private ManifestFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        try {
            var pack = RemotePack.read(input);
            holds(pack, pack.volumes());
            if (pack.tellsPlaces()) holds(pack, pack.files(List.of()));
        } catch (FetchException e) {
            assertThat(e.getMessage()).endsWith(".").doesNotContain("dev.transpack", "Exception");
            return;
        }
        var written = PackManifest.parse(input).toJson();
        assertThat(PackManifest.parse(written).toJson()).isEqualTo(written);
    }

    private static void holds(RemotePack pack, RemotePack.Wanted wanted) {
        assertThat(wanted.bytes()).isNotNegative();
        wanted.items().forEach(ManifestFuzz::staysInside);
        var plan = pack.plan(wanted.items());
        assertThat(plan.bytes()).isNotNegative();
        var planned = new long[wanted.items().size()];
        var numbers = new HashSet<Integer>();
        for (var part : plan.parts()) {
            assertThat(numbers.add(part.number())).isTrue();
            for (var stretch : part.stretches()) {
                assertThat(stretch.offset()).isNotNegative();
                assertThat(stretch.length()).isBetween(1L, part.size() - stretch.offset());
                planned[stretch.item()] += stretch.length();
            }
        }
        for (var i = 0; i < planned.length; i++) {
            var item = wanted.items().get(i);
            assertThat(planned[i]).isEqualTo(ManifestRules.storedLength(item.cipher(), item.size()));
        }
    }

    private static void staysInside(Item item) {
        assertThat(item.size()).isNotNegative();
        var there = HOME.resolve(item.path()).normalize();
        assertThat(there).startsWithRaw(HOME).isNotEqualTo(HOME);
        if (item.kind() != Entry.Kind.SYMLINK || !PathRules.staysInside(item.path(), item.link())) return;
        assertThat(there.resolveSibling(Path.of(item.link())).normalize()).startsWithRaw(HOME);
    }
}
