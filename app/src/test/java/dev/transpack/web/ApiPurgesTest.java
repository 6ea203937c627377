package dev.transpack.web;

import static dev.transpack.web.ApiCaller.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.accounts.Audit;
import dev.transpack.fixtures.S3Server;
import dev.transpack.packing.Pack;
import dev.transpack.packing.Packs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Purges as programs ask for them: a plan, a refusal that carries it, and what it takes to have it done.
@Timeout(120)
class ApiPurgesTest {
    private static WebServer server;
    private static ApiCaller api;
    private static String pack;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        var s3 = S3Server.shared();
        var downloads = Files.createDirectory(folder.resolve("downloads"));
        Files.writeString(downloads.resolve("Film"), "film");
        var settings = new HashMap<>(Map.of("transmission.url", "none", "downloads.dir", downloads.toString()));
        settings.putAll(Map.of(
                "destinations.box.bucket",
                s3.newBucket(),
                "destinations.box.endpoint",
                s3.endpoint().toString(),
                "destinations.box.access-key",
                S3Server.ACCESS_KEY,
                "destinations.box.secret-key",
                S3Server.SECRET_KEY));
        server = WebServer.start(folder.resolve("data"), settings);
        api = new ApiCaller(server);
        var download = api.get("/downloads").path("items").path(0).path("id").asString();
        pack = api.post("/packs", "{\"download\": \"" + download + "\"}")
                .path("id")
                .asString();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                        | 422 | wrong-request   | bucket, disk, torrent
            {"from": []}              | 422 | wrong-request   | bucket, disk, torrent
            {"from": [null]}          | 422 | wrong-request   | bucket, disk, torrent
            {"from": ["cloud"]}       | 400 | wrong-parameter | 'from' is one of bucket, disk, torrent
            {"from": "bucket"}        | 400 | malformed       | 'from' takes a list
            {"from": ["disk"], "override": "Film", "overrides": ["all"]} | 400 | wrong-parameter | 'overrides' is one of
            {"dryrun": true}          | 400 | malformed       | no field 'dryrun'
            {"from": ["bucket"], "dryRun": "no"} | 400 | malformed | true or false
            """)
    void aWrongWishIsExplained(String body, int status, String type, String sentence) throws Exception {
        assertProblem(api.send("POST", "/packs/" + pack + "/purge", body), status, type, sentence);
    }

    @Test
    void aPackThatIsNotThereIsNotFound() throws Exception {
        assertProblem(
                api.send("POST", "/packs/none/purge", "{\"from\": [\"bucket\"]}"), 404, "not-found", "no pack none");
    }

    @Test
    void aPlanSaysWhatStandsInTheWayAndDoesNothing() throws Exception {
        var plan = api.post("/packs/" + pack + "/purge", "{\"from\": [\"disk\", \"bucket\"], \"dryRun\": true}");
        assertThat(plan.path("name").asString()).isEqualTo("Film");
        assertThat(plan.path("allowed").asBoolean()).isFalse();
        assertThat(plan.path("refusals").path(0).path("reason").asString()).isNotBlank();
        assertThat(plan.path("refusals").path(0).path("remedy").asString()).isNotBlank();
        assertThat(plan.path("purge").isNull()).isTrue();
        assertThat(api.get("/jobs")
                        .path("items")
                        .valueStream()
                        .map(job -> job.path("kind").asString()))
                .containsOnly("send-pack");
    }

    @Test
    void aRefusalCarriesThePlan() throws Exception {
        var answer = api.send("POST", "/packs/" + pack + "/purge", "{\"from\": [\"disk\"], \"override\": \"film\"}");
        assertProblem(answer, 409, "purge-refused", "'Film' is not purged.");
        var unseen = "{\"from\": [\"disk\"], \"override\": \"Film\", \"overrides\": [\"seeding\"]}";
        assertProblem(api.send("POST", "/packs/" + pack + "/purge", unseen), 409, "purge-refused", "'Film' is not");
        assertThat(ApiCaller.json(answer).path("plan").path("pack").asString()).isEqualTo(pack);
        assertThat(server.part(Audit.class).newest(10))
                .noneMatch(deed -> deed.action().equals("purge-asked"));
        assertThat(server.part(Packs.class).get(pack).times().sourcePurged()).isNull();
        assertThat(server.part(Packs.class).get(pack).grade()).isNotEqualTo(Pack.Grade.STRONG);
    }
}
