package dev.transpack.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.fixtures.Eventually;
import dev.transpack.fixtures.S3Fault;
import dev.transpack.fixtures.TranspackProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What goes wrong on the way of `transpack get`, in front of a real bucket.
@Timeout(240)
class GetResumeTest {
    @TempDir
    static Path folder;

    private static GetFixture fixture;

    @TempDir
    Path home;

    @BeforeAll
    static void start() throws Exception {
        fixture = new GetFixture(folder);
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @AfterEach
    void heal() {
        fixture.relay.heal();
    }

    @Test
    void damageConnectionsThatBreakAndAddressesThatExpireAreRiddenOut() throws Exception {
        var link = fixture.link("rar", "12m", false);
        fixture.relay.on(GetFixture::isPart, 1, S3Fault.flipBitOfAnswer());
        fixture.relay.on(GetFixture::isPart, 1, S3Fault.loseAnswer());
        fixture.relay.on(GetFixture::isPart, 1, S3Fault.error(503, "SlowDown"));
        fixture.relay.on(GetFixture::isPart, 2, S3Fault.error(403, "AccessDenied"));
        var before = fixture.parts();
        var got = get(link);
        assertThat(got.exitCode()).as(got.err()).isZero();
        assertThat(fixture.parts() - before).isEqualTo(GetFixture.PARTS + 5);
        fixture.assertIsIn(home);
    }

    @Test
    void aPartThatStaysDamagedIsNamed() throws Exception {
        var link = fixture.link("rar", "12m", false);
        fixture.relay.on(GetFixture::isPart, 100, S3Fault.flipBitOfAnswer());
        var got = get(link);
        assertThat(got.exitCode()).isEqualTo(1);
        assertThat(got.err()).contains("A part of 'get-rar", "arrives damaged, each time it is fetched");
        assertThat(home.resolve(GetFixture.NAME)).doesNotExist();
        fixture.relay.heal();
        assertThat(get(link).exitCode()).isZero();
        fixture.assertIsIn(home);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void killedOnTheWayTheSameCommandGoesOn(boolean encrypted) throws Exception {
        var out = home.resolve("out");
        var link = fixture.link("rar", "12m", encrypted);
        var command = new String[] {"get", link, "-o", out.toString(), "--password-stdin"};
        var input = Files.writeString(home.resolve("input"), GetFixture.PASSWORD + "\n");
        try (var first = TranspackProcess.start(home, input, Map.of(), command)) {
            Eventually.until("some parts are there, or it ended", () -> noted(out) >= 2 || !first.runs());
            first.kill();
        }
        assertThat(out.resolve(GetFixture.NAME)).doesNotExist();
        var before = fixture.parts();
        var left = GetFixture.PARTS - noted(out);
        var second = TranspackProcess.run(home, input, Map.of(), command);
        assertThat(second.exitCode()).as(second.output()).isZero();
        assertThat(fixture.parts() - before).isEqualTo(left);
        fixture.assertIsIn(out);
    }

    @Test
    void whatTheDiskLostAfterItWasNotedIsFetchedAgain() throws Exception {
        var link = fixture.link("rar", "12m", false);
        fixture.relay.on(GetFixture::isPart, 3, S3Fault.none());
        fixture.relay.on(GetFixture::isPart, 100, S3Fault.error(404, "NoSuchKey"));
        assertThat(get(link).exitCode()).isEqualTo(1);
        fixture.relay.heal();
        Files.writeString(workplace(home).resolve("parts"), "+0\n+1\n+2\n+3\n+4\n+5\n+6\n+7\n+");
        var got = get(link);
        assertThat(got.exitCode()).as(got.err()).isZero();
        fixture.assertIsIn(home);
    }

    private CommandRun get(String link) {
        return CommandRun.of("get", link, "-o", home.toString());
    }

    private static int noted(Path out) {
        try {
            return (int)
                    Files.readString(workplace(out).resolve("parts")).lines().count();
        } catch (IOException | RuntimeException _) {
            return 0;
        }
    }

    private static Path workplace(Path out) throws IOException {
        try (var files = Files.list(out)) {
            return files.filter(file -> file.getFileName().toString().startsWith(".transpack-get-"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
