package dev.transpack.uploading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.fixtures.Commands;
import dev.transpack.fixtures.Eventually;
import dev.transpack.fixtures.S3Fault;
import dev.transpack.fixtures.S3Message;
import dev.transpack.fixtures.S3Message.Kind;
import dev.transpack.packing.Pack;
import dev.transpack.packing.PackFiles;
import dev.transpack.packing.PackForm;
import dev.transpack.packing.PackFormat;
import dev.transpack.packing.PackState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The job that sends a pack, when the real `rar` makes its volumes.
@Timeout(120)
class SendRarPackTest {
    private static final long VOLUME = 6L << 20;

    @TempDir
    Path home;

    private SendFixture fixture;

    @BeforeEach
    void open() {
        fixture = new SendFixture(home);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aPackOfRarIsSealedAndItsRowsSayWhatItTurnedOutToBe() throws Exception {
        var pack = pack("secret");
        fixture.enqueue(pack);
        try (var _ = fixture.node("node")) {
            until(pack, PackState.READY);
        }
        var volumes = fixture.volumes.list(pack.id());
        var bytes = volumes.stream().mapToLong(PackVolumes.Sent::size).sum();
        assertThat(volumes)
                .hasSize(4)
                .allSatisfy(volume -> assertThat(volume.grade()).isEqualTo(Pack.Grade.STRONG));
        assertThat(now(pack).contents().totalBytes()).isEqualTo(bytes);
        assertThat(now(pack).contents().sourceBytes()).isEqualTo((22L << 20) + 1_000);
        assertThat(new PackFiles(fixture.database).list(pack.id(), 0, 10))
                .extracting(PackFiles.PackFile::path)
                .contains("Film/film.mkv", "Film/subs/en.srt");
        assertNothingStaged();
        assertThat(fixture.secrets.find(pack.id())).isEmpty();

        var first = fetched(pack).resolve(volumes.getFirst().name());
        assertThat(first.toString()).doesNotContain("Film");
        var out = Files.createDirectories(home.resolve("out"));
        Commands.succeed("unrar", "x", "-idq", "-psecret", first.toString(), out + "/");
        Commands.succeed(
                "diff", "-r", fixture.film.toString(), out.resolve("Film").toString());
        assertThat(Commands.succeed("unrar", "l", "-psecret", first.toString())).contains("recovery record");
    }

    @Test
    void cancelledOnTheWayItLeavesNothing() throws Exception {
        var pack = pack(null);
        var arrived = new Semaphore(0);
        var release = new CountDownLatch(1);
        fixture.relay.on(partOfVolume("part2"), 1, S3Fault.hold(arrived, release));
        var job = fixture.enqueue(pack);
        try (var node = fixture.node("node")) {
            arrived.acquire();
            assertThat(node.jobs.cancel(job)).isTrue();
            release.countDown();
            until(pack, PackState.CANCELLED);
        }
        assertThat(fixture.server.filesIn(fixture.bucket)).isEmpty();
        assertThat(fixture.volumes.list(pack.id())).isEmpty();
        assertNothingStaged();
        assertThat(ProcessHandle.current().descendants())
                .noneMatch(process -> process.info().commandLine().orElse("").contains(home.toString()));
    }

    @Test
    void stoppedInTheMiddleItBeginsAfreshAndIsWhole() throws Exception {
        var pack = pack(null);
        var arrived = new Semaphore(0);
        var release = new CountDownLatch(1);
        fixture.relay.on(partOfVolume("part2"), 1, S3Fault.hold(arrived, release));
        fixture.enqueue(pack);
        try (var _ = fixture.node("node")) {
            arrived.acquire();
        }
        release.countDown();
        assertThat(now(pack).state()).isEqualTo(PackState.SENDING);
        assertNothingStaged();
        // As a process that was killed leaves it.
        var left = home.resolve("staging").resolve(pack.id()).resolve("run-1");
        Files.createDirectories(left);
        Files.writeString(left.resolve("Film.part1.rar"), "half");
        fixture.relay.settle();

        try (var _ = fixture.node("node")) {
            until(pack, PackState.READY);
        }
        assertNothingStaged();
        var volumes = fixture.volumes.list(pack.id());
        assertThat(fixture.server.filesIn(fixture.bucket)).hasSize(volumes.size() + 1);
        var out = Files.createDirectories(home.resolve("out"));
        var first = fetched(pack).resolve(volumes.getFirst().name());
        Commands.succeed("unrar", "x", "-idq", first.toString(), out + "/");
        Commands.succeed(
                "diff", "-r", fixture.film.toString(), out.resolve("Film").toString());
    }

    private Pack pack(@Nullable String password) {
        return fixture.pack(new PackForm(PackFormat.RAR_BINARY, VOLUME, 3, 2), password);
    }

    private static Predicate<S3Message> partOfVolume(String number) {
        return message -> message.kind() == Kind.PART && message.path().contains(number);
    }

    private Path fetched(Pack pack) throws Exception {
        var folder = Files.createDirectories(home.resolve("fetched"));
        for (var key : fixture.server.filesIn(fixture.bucket))
            Files.copy(
                    fixture.server.directory().resolve(fixture.bucket).resolve(key),
                    folder.resolve(key.substring(key.indexOf('/') + 1)));
        assertThat(fixture.packs.manifestKey(pack.id())).isPresent();
        return folder;
    }

    private void assertNothingStaged() {
        assertThat(home.resolve("staging")).isEmptyDirectory();
    }

    private Pack now(Pack pack) {
        return fixture.packs.get(pack.id());
    }

    private void until(Pack pack, PackState state) throws Exception {
        Eventually.until("the pack is " + state, () -> {
            var now = now(pack);
            if (now.state() == PackState.FAILED && state != PackState.FAILED)
                throw new AssertionError("the pack failed: " + now.error());
            return now.state() == state;
        });
    }
}
