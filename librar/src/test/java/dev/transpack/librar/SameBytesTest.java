package dev.transpack.librar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.librar.Segment.Header;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The bytes of every format are the same in every release: what an older one began, a newer one resumes. If this
/// fails on purpose, extract what is written now, raise Fingerprint.WRITER_VERSION and put in the new digests.
class SameBytesTest {
    private static final Instant TIME = Instant.ofEpochSecond(1_234_567_890L, 123_456_789);
    private static final long GIB = 1L << 30;

    @TempDir
    Path scratch;

    @ParameterizedTest
    @CsvSource({
        "0, 0, 4418ea7f9229282d13e772fa72c10b98d86e27eb340693876a19cb33a44acc62",
        "0, 701, b9c7dd606cf96c8462c54d56a5655e2388e4725ba37e40312b56cb2bf5aab6cc",
        "1, 0, 30c204b425e380af402d2a653a9c73ae05022f0fa9cfd6f164d991a7eebc276e",
        "1, 701, 5a46f2c0be7cf8ce062d1c2a7f6b5c91495de4eb9016d4aaa8c387661cca60fb",
        "2, 0, b8963b267b54a69fb7743112256fed494bb2e2fa6d8ae3cf5ec37fe3644439d3",
        "2, 701, 8949c29f7367cc6758d5c6d8b36d0f027a9949a5fc21ebd882e2abe765f6569d",
        "3, 0, 942da91e73dd59874be706dace0e7a394aeb447c27e2f17d4f89ef272bf8cc9d",
        "3, 701, 942da91e73dd59874be706dace0e7a394aeb447c27e2f17d4f89ef272bf8cc9d",
        "4, 0, 19dc9603bb8cc4f6a4f662c30e9e07a814db4e6ed008a4b2d3966c1b9d1e8956",
        "4, 701, a8dbd4399faf3b67b84feaea5d4a767a9aff96d4f9103c53b09479ada7852872",
        "5, 0, 4aecd1d4cff58614887afca2c2d8042cdab5cd2f65469537af26691c542dad64",
        "5, 2000, 4aecd1d4cff58614887afca2c2d8042cdab5cd2f65469537af26691c542dad64",
        "6, 0, ffc1a7bef6df4705e1538997609a35d0c907e00c074660e4f63bb59645563362"
    })
    void anAwkwardTreeGivesTheSameBytesAsEver(int layout, long volumeSize, String sha256) throws Exception {
        var folder = FolderFixture.awkward(scratch);
        settle(folder.path());
        var entries =
                folder.scan().entries().stream().map(SameBytesTest::settled).toList();
        var plan = ArchivePlan.of("Top", entries, options(layout, volumeSize));

        var digest = MessageDigest.getInstance("SHA-256");
        Packing.volumes(Packing.produce(plan, 2048, PartLedger.empty())).forEach(digest::update);
        assertThat(HexFormat.of().formatHex(digest.digest()))
                .as("%s", plan.options())
                .isEqualTo(sha256);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, dc4ec3cf74038295365963139ef9c0d9cafd1768ac5a28997e6290b43d29e194",
        "0, 3221225472, ddca9c3ecf69b4f1867e9d33062ecb88b11e4543dcab0fc6df3af1c8dcb69912",
        "1, 0, 6449b6c0c2253a6d9f6baf38c2bc3610abb6361487f68ba215d3371dea0c6627",
        "1, 3221225472, 2c3c38898ca3cc0501abc00bec24f068b70f6ad4ef5280df491753f008fa8abe",
        "2, 0, 5baa0deb7db4715d90e15332face340824eb435de10fc1e2c1a9b2b24a142bd1",
        "2, 3221225472, b391ffc2f26dded63a0c28bcdaab10202b68800514cfaf7b72ab7f788ee11efd",
        "3, 0, 8b1ea4b89f740492781b05483ea867ee933d09ba8003631ec46ca0b75453424c",
        "3, 3221225472, 8b1ea4b89f740492781b05483ea867ee933d09ba8003631ec46ca0b75453424c",
        "4, 0, 02c4e7ab43492e75d736d2a343b4b780dac4732fc67502fab6c9886d518fcc12",
        "4, 3221225472, c3857b9365c1e598021adbeff57d4a85001e48a6df70acd3c6abe61d7fe07f93",
        "5, 0, 0ccc3281216a1582d0a591ceda3bb9e93872e785e7c4033c4620c105fad378b0",
        "5, 3221225472, 0ccc3281216a1582d0a591ceda3bb9e93872e785e7c4033c4620c105fad378b0"
    })
    void whatIsLargeOldOrLongHasTheSameHeadersAsEver(int layout, long volumeSize, String sha256) throws Exception {
        var plan = ArchivePlan.of("Top", extremes(), options(layout, volumeSize));

        var digest = MessageDigest.getInstance("SHA-256");
        IntStream.range(0, plan.segmentCount())
                .mapToObj(plan::segment)
                .filter(Header.class::isInstance)
                .map(header -> ((Header) header).rendering().render(0x12345678))
                .forEach(digest::update);
        assertThat(HexFormat.of().formatHex(digest.digest()))
                .as("%s", plan.options())
                .isEqualTo(sha256);
    }

    private static ArchiveOptions options(int layout, long volumeSize) {
        var chosen = RandomPack.layouts().get(layout);
        return new ArchiveOptions(
                chosen.format(), volumeSize == 0 ? ArchiveOptions.LARGEST_VOLUME : volumeSize, chosen.encryption());
    }

    /// Nothing of this is anywhere: plans and headers need no source.
    private static List<Entry> extremes() {
        var seconds2106 = (1L << 32) - 1;
        return List.of(
                file("T/4 GiB less one", 4 * GIB - 1, TIME),
                file("T/4 GiB", 4 * GIB, TIME),
                file("T/12 GiB", 12 * GIB, TIME),
                file("T/behind 4 GiB", 5, TIME),
                file("T/empty", 0, Instant.EPOCH),
                file("T/before 1970", 1, Instant.parse("1955-11-12T22:04:00.1234567Z")),
                file("T/before 1601", 1, Instant.parse("1500-01-01T00:00:00Z")),
                file("T/2038", 1, Instant.ofEpochSecond(Integer.MAX_VALUE)),
                file("T/after 2038", 1, Instant.ofEpochSecond(1L << 31)),
                file("T/2106", 1, Instant.ofEpochSecond(seconds2106)),
                file("T/after 2106", 1, Instant.ofEpochSecond(seconds2106 + 1)),
                file("T/2222", 1, Instant.parse("2222-02-02T02:02:02.7654321Z")),
                file("T/" + "x".repeat(97), 1, TIME), // 99, 100 and 101 bytes: what the old field of a tar holds
                file("T/" + "x".repeat(98), 1, TIME),
                file("T/" + "x".repeat(99), 1, TIME),
                file("T/\u00e9\uD83D\uDE80" + "\u00e9".repeat(125), 1, TIME),
                link("T/link", "a"),
                link("T/long link", "\u00e9/".repeat(100)),
                new Entry("T", Entry.Kind.DIRECTORY, Path.of("/nowhere"), 0, TIME, 040755, null));
    }

    private static Entry file(String name, long size, Instant modified) {
        return new Entry(name, Entry.Kind.FILE, Path.of("/nowhere"), size, modified, 0100640, null);
    }

    private static Entry link(String name, String target) {
        return new Entry(name, Entry.Kind.SYMLINK, Path.of("/nowhere"), 0, TIME, 0120777, target);
    }

    private static void settle(Path root) throws IOException {
        try (var walk = Files.walk(root)) {
            for (var path : walk.toList()) {
                Files.getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                        .setTimes(FileTime.from(TIME), null, null);
            }
        }
    }

    /// With a mode that does not depend on who runs this.
    private static Entry settled(Entry found) {
        var mode = switch (found.kind()) {
            case FILE -> 0100644;
            case DIRECTORY -> 040755;
            case SYMLINK -> 0120777;
        };
        return new Entry(found.name(), found.kind(), found.source(), found.size(), TIME, mode, found.linkTarget());
    }
}
