package dev.transpack.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.transpack.accounts.Accounts;
import dev.transpack.accounts.Role;
import dev.transpack.accounts.Who;
import dev.transpack.settings.Secret;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventsTest {
    private static final String ADDRESS = "/api/v1/events";

    private PageFixture pages;
    private Browser ann;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        pages = new PageFixture(folder);
        ann = pages.server().browser();
        ann.signIn(PageFixture.NAME, WebServer.PASSWORD);
    }

    @AfterAll
    void end() {
        pages.close();
    }

    /// One event as it came.
    private record Event(String id, String name, String data) {}

    /// The stream as a client reads it.
    private final class Stream implements AutoCloseable {
        private final BufferedReader lines;

        Stream(String lastEventId) throws Exception {
            this(ann, lastEventId);
        }

        Stream(Browser who, String lastEventId) throws Exception {
            var request = who.request(ADDRESS).header("Accept", "text/event-stream");
            if (lastEventId != null) request.header("Last-Event-ID", lastEventId);
            var answer = HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofInputStream());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
            lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
        }

        Event next() throws Exception {
            String id = "", name = "", data = "";
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("id: ")) id = line.substring(4);
                if (line.startsWith("event: ")) name = line.substring(7);
                if (line.startsWith("data: ")) data = line.substring(6);
                if (line.isEmpty() && !data.isEmpty()) return new Event(id, name, data);
            }
            throw new AssertionError("the stream ended");
        }

        @Override
        public void close() throws java.io.IOException {
            lines.close();
        }
    }

    @Test
    void aSnapshotComesFirstThenWhatChanges() throws Exception {
        var pack = pages.pack("Sintel", "SENDING");
        var job = pages.runningJob(pack, 1, 100);
        try (var stream = new Stream(null)) {
            var first = stream.next();
            assertThat(first.name()).isEqualTo("snapshot");
            assertThat(first.data()).contains(pack, job, "\"packs\":[", "\"jobs\":[");
            pages.progress(job, 50);
            var second = stream.next();
            assertThat(second.data()).contains("\"doneBytes\":50");
        }
    }

    @Test
    void aLostStreamGoesOnWhereItEnded() throws Exception {
        var pack = pages.pack("Cosmos", "SENDING");
        var job = pages.runningJob(pack, 1, 100);
        String seen;
        try (var stream = new Stream(null)) {
            seen = stream.next().id();
        }
        pages.progress(job, 70);
        try (var stream = new Stream(seen)) {
            var missed = stream.next();
            assertThat(missed.name()).isNotEqualTo("snapshot");
            assertThat(missed.data()).contains("\"doneBytes\":70");
        }
        try (var stream = new Stream("another-9")) {
            assertThat(stream.next().name()).isEqualTo("snapshot");
        }
    }

    @Test
    void whoCannotListenMayAsk() throws Exception {
        pages.pack("Elephants", "READY");
        var answer = ann.send(
                ann.request(ADDRESS).header("Accept", "application/json").GET());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).startsWith("{").contains("Elephants");
    }

    @Test
    void whoMayNotListenAnyMoreIsLetGo() throws Exception {
        var server = pages.server();
        var accounts = server.part(Accounts.class);
        accounts.create("ben", Role.MEMBER, new Secret(WebServer.PASSWORD), false, Who.local());
        var ben = server.browser();
        ben.signIn("ben", WebServer.PASSWORD);
        var pack = pages.pack("Gran Dillama", "SENDING");
        var job = pages.runningJob(pack, 1, 100);
        try (var stream = new Stream(ben, null)) {
            assertThat(stream.next().name()).isEqualTo("snapshot");
            accounts.setDisabled(accounts.named("ben").orElseThrow(), true, Who.local());
            server.pass(Duration.ofSeconds(16));
            pages.progress(job, 40);
            assertThatThrownBy(() -> {
                        for (var done = 41; ; done++) {
                            stream.next();
                            pages.progress(job, done);
                        }
                    })
                    .hasMessage("the stream ended");
        }
    }

    @Test
    void strangersHearNothing() throws Exception {
        var stranger = pages.server().browser();
        assertThat(stranger.get(ADDRESS).statusCode()).isEqualTo(401);
    }
}
