package dev.transpack.librar;

import dev.transpack.librar.Encryption.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/// A small tree, and how it is to be packed: whatever comes to mind.
///
/// @param nodes what is in the folder; what has no place there is left out
/// @param options how it is laid out, if the volume size is large enough
/// @param beyondHeader bytes of a part more than the longest header has
/// @param seed of all choices that are made along the way
record RandomPack(List<Node> nodes, ArchiveOptions options, int beyondHeader, long seed) {
    static final String PASSWORD = "correct horse";

    private static final Pattern REMEDY = Pattern.compile("at least (\\d+) bytes|header of (\\d+) bytes: choose");
    private static final int LARGEST_FILE = 40_000;

    /// Names that every format holds and every reader writes.
    private static final List<String> NAMES = List.of(
            "a",
            "b.bin",
            "Film (2024).mkv",
            " spaces around ",
            "-rf",
            "@list",
            "quote ' and \"",
            "$(touch x)",
            "README",
            "readme",
            "caf\u00e9",
            "cafe\u0301",
            "\u65e5\u672c\u8a9e",
            "\uD83D\uDE80",
            "dot.",
            "#1 & 100%",
            "con",
            "x".repeat(120),
            "\u00e9".repeat(110));

    /// @param path below the top folder
    /// @param kind what it is
    /// @param size bytes of a file
    /// @param modified of a file or folder
    record Node(String path, Entry.Kind kind, int size, Instant modified) {}

    static Arbitrary<RandomPack> any() {
        return Combinators.combine(
                        anyNode().list().ofMinSize(1).ofMaxSize(9),
                        anyOptions(),
                        Arbitraries.integers().between(0, 3000),
                        Arbitraries.longs())
                .as(RandomPack::new);
    }

    private static Arbitrary<Node> anyNode() {
        var path = Arbitraries.of(NAMES).list().ofMinSize(1).ofMaxSize(3).map(names -> String.join("/", names));
        var kind = Arbitraries.frequency(
                Tuple.of(6, Entry.Kind.FILE), Tuple.of(1, Entry.Kind.DIRECTORY), Tuple.of(1, Entry.Kind.SYMLINK));
        var size = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.integers().between(0, 40)),
                Tuple.of(3, Arbitraries.of(0, 1, 15, 16, 17, 511, 512, 513, 4096)),
                Tuple.of(3, Arbitraries.integers().between(0, 3000)),
                Tuple.of(1, Arbitraries.integers().between(0, LARGEST_FILE)));
        var modified = Combinators.combine(
                        Arbitraries.longs().between(315_532_800L, 2_147_483_647L),
                        Arbitraries.integers().between(0, 999_999_999))
                .as((seconds, nanoseconds) -> Instant.ofEpochSecond(seconds, nanoseconds));
        return Combinators.combine(path, kind, size, modified).as(Node::new);
    }

    private static Arbitrary<ArchiveOptions> anyOptions() {
        var volumeSize = Arbitraries.frequencyOf(
                Tuple.of(1, Arbitraries.longs().between(300, 1_000)),
                Tuple.of(4, Arbitraries.longs().between(1_000, 30_000)),
                Tuple.of(2, Arbitraries.just(ArchiveOptions.LARGEST_VOLUME)));
        return Combinators.combine(Arbitraries.of(layouts()), volumeSize)
                .as((layout, size) -> new ArchiveOptions(layout.format(), size, layout.encryption(), false));
    }

    /// Every format with everything that a password can hide there, in one object.
    static List<ArchiveOptions> layouts() {
        return List.of(
                ArchiveOptions.whole(ArchiveFormat.RAR5),
                ArchiveOptions.whole(ArchiveFormat.RAR5).encrypted(encryption(Scope.CONTENTS)),
                ArchiveOptions.whole(ArchiveFormat.RAR5).encrypted(encryption(Scope.EVERYTHING)),
                ArchiveOptions.whole(ArchiveFormat.ZIP),
                ArchiveOptions.whole(ArchiveFormat.ZIP).encrypted(encryption(Scope.CONTENTS)),
                ArchiveOptions.whole(ArchiveFormat.TAR),
                ArchiveOptions.whole(ArchiveFormat.FILES));
    }

    private static Encryption encryption(Scope scope) {
        return new Encryption(new Password(PASSWORD), "0123456789abcdef".repeat(4), scope);
    }

    /// Builds the tree. There is always one file with something in it, for that is all that every format takes.
    FolderFixture build(Path parent) throws IOException {
        var folder = FolderFixture.in(parent, "Top").file("0", 33);
        for (var node : nodes) {
            if (hasPlace(folder, node)) {
                build(folder, node);
            }
        }
        for (var node : nodes) { // afterwards, for what is put into a folder changes its time
            if (Files.exists(folder.path(node.path), LinkOption.NOFOLLOW_LINKS)) {
                folder.modified(node.path, node.modified);
            }
        }
        return folder;
    }

    private static void build(FolderFixture folder, Node node) throws IOException {
        switch (node.kind) {
            case FILE -> folder.file(node.path, node.size);
            case DIRECTORY -> folder.folder(node.path);
            case SYMLINK -> {
                Files.createDirectories(
                        Objects.requireNonNull(folder.path(node.path).getParent()));
                folder.link(node.path, "to/" + node.size);
            }
        }
    }

    /// Whether nothing is there yet, and no file or link stands where a folder is needed.
    private static boolean hasPlace(FolderFixture folder, Node node) {
        if (Files.exists(folder.path(node.path), LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        for (var slash = node.path.indexOf('/'); slash > 0; slash = node.path.indexOf('/', slash + 1)) {
            var parent = folder.path(node.path.substring(0, slash));
            if (Files.exists(parent, LinkOption.NOFOLLOW_LINKS)
                    && !Files.isDirectory(parent, LinkOption.NOFOLLOW_LINKS)) {
                return false;
            }
        }
        return true;
    }

    /// The plan, with the volume size that the refusals ask for where it was too small.
    ArchivePlan plan(FolderFixture folder) throws ArchiveException {
        return plan(folder, options);
    }

    /// Tries the volume sizes that refusals name, until one does.
    static ArchivePlan plan(FolderFixture folder, ArchiveOptions options) throws ArchiveException {
        try {
            return folder.plan(options);
        } catch (ArchiveException e) {
            var larger = remedy(e);
            if (larger == null || larger <= options.volumeSize()) {
                throw e;
            }
            return plan(folder, new ArchiveOptions(options.format(), larger, options.encryption(), false));
        }
    }

    private static @Nullable Long remedy(ArchiveException refused) {
        var found = REMEDY.matcher(String.valueOf(refused.getMessage()));
        if (refused.kind() != ArchiveException.Kind.REFUSED || !found.find()) {
            return null;
        }
        return Long.valueOf(found.group(1) == null ? found.group(2) : found.group(1));
    }

    int partSize(ArchivePlan plan) {
        return Math.toIntExact(Math.max(1, plan.longestHeader() + beyondHeader));
    }
}
