package dev.transpack.packing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.database.Database;
import dev.transpack.database.DatabaseSettings;
import dev.transpack.fixtures.Eventually;
import dev.transpack.fixtures.PackRow;
import dev.transpack.jobs.JobPriority;
import dev.transpack.jobs.JobSettings;
import dev.transpack.jobs.Jobs;
import dev.transpack.jobs.RetryPolicy;
import dev.transpack.jobs.Worker;
import dev.transpack.nodes.Here;
import dev.transpack.nodes.Sight;
import dev.transpack.settings.Secret;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// What stands in rows as JSON, letter for letter: an older version wrote it, a newer one must read it. A text here is
/// never changed; one of another form is added, with another version of the job.
@Timeout(60)
class SendPackTest {
    private static final String PAYLOAD_1 = """
            {"pack":"7c9e6679","upload":true}""";
    private static final String REQUEST_OF_ALL = """
            {"download":"d-1","destination":null,"name":null,"format":null,"volumeSize":null,"level":null,\
            "recovery":null,"only":[],"exclude":[],"upload":true}""";
    private static final String REQUEST_OF_SOME = """
            {"download":"d-1","destination":"box","name":"Other","format":"RAR_BINARY","volumeSize":52428800,"level":3,\
            "recovery":2,"only":["subs"],"exclude":["*.nfo"],"upload":false}""";
    private static final String REQUEST_OF_A_CHOICE = """
            {"download":"d-1","destination":null,"name":null,"format":"ZIP","volumeSize":null,"level":null,\
            "recovery":null,"portableNames":true,"only":[],"exclude":[],"presets":["SAMPLES","JUNK"],"upload":true}""";
    private static final String REQUEST_BEFORE_FORMATS = """
            {"download":"d-1","destination":"box","name":"Other","volumeSize":52428800,\
            "only":["subs"],"exclude":["*.nfo"],"upload":false}""";

    @TempDir
    Path home;

    private Database database;
    private Jobs jobs;

    @BeforeEach
    void open() {
        database = Database.open(DatabaseSettings.file(home.resolve("t.db")));
        jobs = new Jobs(database, InstantSource.system());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void theJobIsWrittenUnderItsNameAndVersion() {
        var id = jobs.enqueue(SendPack.KIND, "7c9e6679", new SendPack.Payload("7c9e6679", true));
        assertThat(column("select kind || ' ' || version from jobs where id = ?", id))
                .isEqualTo("send-pack 1");
        assertThat(column("select payload from jobs where id = ?", id)).isEqualTo(PAYLOAD_1);
    }

    @Test
    void aJobOfVersion1CanBeDone() throws Exception {
        var seen = new ArrayBlockingQueue<SendPack.Payload>(1);
        jobs.register(SendPack.KIND, (payload, run) -> seen.add(payload), RetryPolicy.never());
        var id = jobs.enqueue(SendPack.KIND, "7c9e6679", new SendPack.Payload("other", false));
        database.writes()
                .sql("update jobs set kind = 'send-pack', version = 1, payload = ? where id = ?")
                .params(PAYLOAD_1, id)
                .update();
        try (var worker = new Worker(
                database, jobs, new JobSettings(1), new Here("node", "node", Sight.NONE), InstantSource.system())) {
            worker.start();
            Eventually.until("the job was done", () -> !seen.isEmpty());
        }
        assertThat(seen.remove()).isEqualTo(new SendPack.Payload("7c9e6679", true));
    }

    @Test
    void aRequestIsWrittenAndReadAsEver() {
        var all = PackRequest.of("d-1");
        writtenAndRead(all, REQUEST_OF_ALL);
        writtenAndRead(some(new PackForm(PackFormat.RAR_BINARY, 52_428_800L, 3, 2)), REQUEST_OF_SOME);
        var zip = new PackForm(PackFormat.ZIP, null, null, null, true);
        var presets = List.of(ExcludePreset.SAMPLES, ExcludePreset.JUNK);
        writtenAndRead(
                new PackRequest("d-1", null, null, zip, null, List.of(), List.of(), presets, true),
                REQUEST_OF_A_CHOICE);
        isRead(some(new PackForm(null, 52_428_800L, null, null)), REQUEST_BEFORE_FORMATS);
    }

    @Test
    void aPasswordIsNotKeptWithTheRequest() {
        var secret =
                new PackRequest("d-1", null, null, PackForm.USUAL, new Secret("hunter2"), List.of(), List.of(), true);
        writtenAndRead(PackRequest.of("d-1"), REQUEST_OF_ALL);
        assertThat(JsonMapper.builder().build().writeValueAsString(secret)).isEqualTo(REQUEST_OF_ALL);
        assertThat(secret.toString()).doesNotContain("hunter2");
    }

    private static PackRequest some(PackForm form) {
        return new PackRequest("d-1", "box", "Other", form, null, List.of("subs"), List.of("*.nfo"), false);
    }

    private void writtenAndRead(PackRequest request, String text) {
        var packs = new Packs(database, InstantSource.system());
        var id = PackId.random();
        var origin = new Pack.Origin("d-1", "Film", home, null, null);
        packs.insert(
                id,
                "Film",
                origin,
                request,
                new Packs.To("box", false),
                new Packs.Asked("ann", null, JobPriority.NORMAL));
        assertThat(column("select request from packs where id = ?", id)).isEqualTo(text);

        isRead(request, text);
    }

    private void isRead(PackRequest request, String text) {
        var packs = new Packs(database, InstantSource.system());
        var older = new PackRow("Film", home, null, PackRequest.of("d-2")).insert(database);
        database.writes()
                .sql("update packs set request = ? where id = ?")
                .params(text, older)
                .update();
        assertThat(packs.get(older).request()).isEqualTo(request);
    }

    private String column(String sql, String id) {
        return database.reads().sql(sql).param(id).query(String.class).single();
    }
}
