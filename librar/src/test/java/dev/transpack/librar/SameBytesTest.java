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
        "0, 0, d84b0cd4e2f01a01952fce3d58fbd8611926ee7f2e777af977dbcc3dcc45f5b9",
        "0, 3221225472, dca0a9b04715da91a4654d45e4c6d55db9d0d332f4e83cbe5c94db51ba4f938a",
        "1, 0, 8b502ef29e498f024d535dacf2f24a65648721d1ffa52508926ebd982de06588",
        "1, 3221225472, 7cd3c81ef2e9711a7671fae6b59eef364326bc5d6d54a353477c94c46914d453",
        "2, 0, 0ea92d5d96badc354c9fab6fa641fc17ebd56cf8da2982d34a673f5bf74691c1",
        "2, 3221225472, d1df18fa915520ee1dc9e481a555ac1d271a15eee83e8bb032dc3a9d936c8829",
        "3, 0, 459201c1f3f5a7627fbf4071883263846937f29be81748b43ab0bcfba46ea20d",
        "3, 3221225472, 459201c1f3f5a7627fbf4071883263846937f29be81748b43ab0bcfba46ea20d",
        "4, 0, bb40ed365a81f460f10f712972adfc38f678abd0e88e031042b98320c872dbc4",
        "4, 3221225472, f752cc40d6d4171bd13d927a41313c9ec6871391ab668bcb45b8adab7a79c297",
        "5, 0, debda9c87105a44b469cc55d5c0847c4b553b6542a354b72372ac9b7eaf47643",
        "5, 3221225472, debda9c87105a44b469cc55d5c0847c4b553b6542a354b72372ac9b7eaf47643"
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
                chosen.format(),
                volumeSize == 0 ? ArchiveOptions.LARGEST_VOLUME : volumeSize,
                chosen.encryption(),
                false);
    }

    /// Nothing of this is anywhere: plans and headers need no source.
    private static List<Entry> extremes() {
        var seconds2106 = (1L << 32) - 1;
        return List.of(
                file("T/exact", 4 * GIB - 1 - 87, TIME), // the next begins where a zip's old field ends
                file("T/8 GiB less one", 8 * GIB - 1, TIME), // what the old field of a tar holds
                file("T/8 GiB", 8 * GIB, TIME),
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
                file("T/2242", 1, Instant.ofEpochSecond(8 * GIB - 1)),
                file("T/after 2242", 1, Instant.ofEpochSecond(8 * GIB)),
                file("T/2222", 1, Instant.parse("2222-02-02T02:02:02.7654321Z")),
                file("T/caf\u00e9", 1, TIME),
                file("T/\u00e9" + "x".repeat(87), 1, TIME), // 91 to 93 bytes: a record of 98, 100 and 101
                file("T/\u00e9" + "x".repeat(88), 1, TIME),
                file("T/\u00e9" + "x".repeat(89), 1, TIME),
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
