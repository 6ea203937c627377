package dev.transpack.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.database.Database;
import dev.transpack.database.DatabaseSettings;
import dev.transpack.fixtures.PackRow;
import dev.transpack.fixtures.SetClock;
import dev.transpack.packing.Pack;
import dev.transpack.packing.Packs;
import dev.transpack.settings.InstanceKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShareLinksTest {
    @TempDir
    Path folder;

    private final SetClock clock = new SetClock();
    private Database database;
    private Packs packs;
    private ShareLinks links;
    private Pack pack;

    @BeforeEach
    void open() {
        database = Database.open(DatabaseSettings.file(folder.resolve("t.db")));
        packs = new Packs(database, clock);
        links = new ShareLinks(database, InstanceKey.of(folder), clock);
        pack = packs.get(PackRow.of("Sintel", folder).insert(database));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aTokenOpensItsLinkUntilItExpires() {
        var created = create("7d");
        assertThat(links.find(created.token())).contains(created.link());
        assertThat(created.link().expires()).isEqualTo(clock.instant().plus(Duration.ofDays(7)));
        clock.advance(Duration.ofDays(7).minusMillis(1));
        assertThat(links.find(created.token())).isPresent();
        clock.advance(Duration.ofMillis(1));
        assertThat(links.find(created.token())).isEmpty();
    }

    @Test
    void aRevokedLinkOpensNothingFromThatMoment() {
        var created = create("7d");
        var other = create("7d");
        assertThat(links.revoke(created.link().id())).isTrue();
        assertThat(links.find(created.token())).isEmpty();
        assertThat(links.revoke(created.link().id())).isFalse();
        assertThat(links.find(other.token())).isPresent();
        assertThat(links.of(pack.id())).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "' or 1=1 --", "%", "../../etc"})
    void aTokenThatNobodyGaveOutOpensNothing(String text) {
        create("7d");
        assertThat(links.find(new LinkToken(text))).isEmpty();
    }

    @Test
    void aTokenIsShownAgainButStandsNowhereInClear() throws Exception {
        var created = create("7d");
        assertThat(links.token(created.link()).orElseThrow().reveal())
                .isEqualTo(created.token().reveal());
        assertThat(created.toString()).doesNotContain(created.token().reveal());
        try (var files = Files.list(folder)) {
            for (var file : files.filter(Files::isRegularFile).toList())
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .doesNotContain(created.token().reveal());
        }
    }

    @Test
    void withAnotherInstanceKeyALinkStillWorksButIsNotShownAgain() throws Exception {
        var created = create("7d");
        var elsewhere =
                new ShareLinks(database, InstanceKey.of(Files.createDirectory(folder.resolve("elsewhere"))), clock);
        assertThat(elsewhere.token(created.link())).isEmpty();
        assertThat(elsewhere.find(created.token())).isPresent();
    }

    @Test
    void tokensHaveAtLeast128BitsAndAreSafeInAnAddress() {
        var tokens = IntStream.range(0, 200)
                .mapToObj(i -> LinkToken.random().reveal())
                .toList();
        assertThat(tokens).doesNotHaveDuplicates().allMatch(token -> token.matches("[A-Za-z0-9_-]{32}"));
    }

    @Test
    void openingsAreCounted() {
        var created = create("7d");
        links.opened(created.link());
        links.opened(created.link());
        assertThat(links.get(created.link().id()).orElseThrow().opened()).isEqualTo(2);
    }

    @Test
    void aPackOnItsWayCanBeSharedAndOneThatIsGoneCannot() {
        packs.sending(pack.id());
        create("7d");
        packs.failed(pack.id(), "broken");
        assertThat(links.create(packs.get(pack.id()), LinkLifetime.DEFAULT, "ann"))
                .isEqualTo(new LinkAnswer.Refused("'Sintel' cannot be shared: it failed: retry it first."));
        packs.cancelled(pack.id());
        assertThat(links.create(packs.get(pack.id()), LinkLifetime.DEFAULT, "ann"))
                .isInstanceOf(LinkAnswer.Refused.class);
        packs.bucketPurged(pack.id());
        assertThat(links.create(packs.get(pack.id()), LinkLifetime.DEFAULT, "ann"))
                .isInstanceOf(LinkAnswer.Refused.class);
    }

    @Test
    void aPackThatWasPurgedSinceItWasLookedAtIsNotShared() {
        var seen = packs.get(pack.id());
        packs.bucketPurged(pack.id());

        assertThat(links.create(seen, LinkLifetime.DEFAULT, "ann")).isInstanceOf(LinkAnswer.Refused.class);
        assertThat(links.of(pack.id())).isEmpty();
    }

    private LinkAnswer.Created create(String lifetime) {
        return (LinkAnswer.Created) links.create(packs.get(pack.id()), LinkLifetime.parse(lifetime), "ann");
    }
}
