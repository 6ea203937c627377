package dev.transpack.uploading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.fixtures.Commands;
import dev.transpack.fixtures.Eventually;
import dev.transpack.fixtures.Extracted;
import dev.transpack.packing.Pack;
import dev.transpack.packing.PackForm;
import dev.transpack.packing.PackFormat;
import dev.transpack.packing.PackState;
import dev.transpack.packing.Planning;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The job that sends a pack under a password, with recovery data.
@Timeout(120)
class SendEncryptedPackTest {
    private static final String PASSWORD = "correct horse";

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
    void itCarriesNoTitleAndItsPasswordIsForgotten() throws Exception {
        var pack = sent(new PackForm(PackFormat.RAR, 12L << 20, 0, 2));

        assertThat(fixture.secrets.find(pack.id())).isEmpty();
        assertThat(fixture.secrets.has(pack.id())).isTrue();
        assertThat(fixture.server.filesIn(fixture.bucket)).hasSize(2 * 3 + 1).noneMatch(key -> key.contains("Film"));
        assertThat(Planning.outsideName(fixture.packs.get(pack.id()))).isEqualTo(pack.id());
        Extracted.bySevenZip(rars(pack), home.resolve("out"), PASSWORD).isSameAs(fixture.film);
    }

    @Test
    void whatWasDamagedOnTheWayIsMended() throws Exception {
        var pack = sent(new PackForm(PackFormat.RAR, 12L << 20, 0, 2));
        var first = rars(pack).resolve(pack.id() + ".part1.rar");
        var bytes = Files.readAllBytes(first);
        bytes[5_000_000]++;
        Files.write(first, bytes);

        Commands.succeed("par2", "repair", first + ".par2");

        Extracted.bySevenZip(first.getParent(), home.resolve("out"), PASSWORD).isSameAs(fixture.film);
    }

    private Pack sent(PackForm form) throws Exception {
        var pack = fixture.pack(form, PASSWORD);
        fixture.enqueue(pack);
        try (var _ = fixture.node("node")) {
            Eventually.until("the pack is ready", () -> {
                var now = fixture.packs.get(pack.id());
                if (now.state() == PackState.FAILED) throw new AssertionError(now.error());
                return now.state() == PackState.READY;
            });
        }
        return pack;
    }

    private Path rars(Pack pack) throws Exception {
        var folder = Files.createDirectories(home.resolve("fetched"));
        for (var volume : fixture.volumes.list(pack.id()))
            Files.copy(
                    fixture.server
                            .directory()
                            .resolve(fixture.bucket)
                            .resolve(pack.id())
                            .resolve(volume.name()),
                    folder.resolve(volume.name()));
        return folder;
    }
}
