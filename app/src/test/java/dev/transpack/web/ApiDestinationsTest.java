package dev.transpack.web;

import static dev.transpack.web.ApiCaller.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.accounts.Accounts;
import dev.transpack.accounts.Role;
import dev.transpack.accounts.Who;
import dev.transpack.database.Database;
import dev.transpack.fixtures.PackRow;
import dev.transpack.fixtures.PostgresServer;
import dev.transpack.fixtures.S3Fault;
import dev.transpack.fixtures.S3Message.Kind;
import dev.transpack.fixtures.S3Relay;
import dev.transpack.fixtures.S3Server;
import dev.transpack.packing.PackId;
import dev.transpack.settings.Secret;
import dev.transpack.uploading.DestinationSettings;
import dev.transpack.uploading.ObjectKey;
import dev.transpack.uploading.ObjectStore;
import dev.transpack.uploading.ObjectStore.OpenUpload;
import dev.transpack.uploading.PartBody;
import dev.transpack.uploading.S3ObjectStore;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What programs are told of destinations and of room, and what becomes of leftovers, on either database.
@Timeout(120)
class ApiDestinationsTest {
    private static final String PREFIX = "some/prefix";

    private final S3Server s3 = S3Server.shared();
    private final S3Relay relay = S3Relay.before(s3);
    private final String bucket = s3.newBucket();

    @TempDir
    private Path folder;

    private @Nullable WebServer server;
    private @Nullable ObjectStore store;

    @AfterEach
    void close() {
        if (server != null) server.close();
        if (store != null) store.close();
        relay.close();
    }

    private ApiCaller start(boolean postgres) throws Exception {
        store = S3ObjectStore.open(new DestinationSettings(
                "far",
                bucket,
                PREFIX,
                DestinationSettings.Address.at(relay.endpoint()),
                new DestinationSettings.Keys(S3Server.ACCESS_KEY, new Secret(S3Server.SECRET_KEY)),
                DestinationSettings.Storage.PLAIN));
        var settings = new HashMap<>(Map.of(
                "transmission.url",
                "none",
                "downloads.dir",
                Files.createDirectory(folder.resolve("downloads")).toString(),
                "destinations.far.bucket",
                bucket,
                "destinations.far.prefix",
                PREFIX,
                "destinations.far.endpoint",
                relay.endpoint().toString(),
                "destinations.far.access-key",
                S3Server.ACCESS_KEY,
                "destinations.far.secret-key",
                S3Server.SECRET_KEY,
                "destinations.far.quota",
                "1000"));
        settings.put("space.disk-low", "1000000g");
        if (postgres) settings.putAll(WebServer.database(PostgresServer.newDatabase()));
        server = WebServer.start(folder.resolve("data"), settings);
        return new ApiCaller(server);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsKnownOfADestinationAndOfRoomIsTold(boolean postgres) throws Exception {
        var api = start(postgres);
        var ready = pack("READY");
        volume(ready, 0, "a.rar", null, 600L);
        var sending = pack("SENDING");
        volume(sending, 0, "b.rar", "u", null);
        var failed = pack("FAILED");
        volume(failed, 0, "c.rar", "u", null);

        var before = api.get("/destinations").path("items").path(0);
        assertThat(before.path("name").asString()).isEqualTo("far");
        assertThat(before.path("isDefault").asBoolean()).isTrue();
        assertThat(before.path("seen").isNull()).isTrue();
        assertThat(before.path("usedBytes").asLong()).as("and a part of each").isEqualTo(600 + 2 * 100);
        assertThat(before.path("promisedBytes").asLong()).isEqualTo(500);
        assertThat(before.path("quotaBytes").asLong()).isEqualTo(1000);
        assertThat(before.toString()).doesNotContain(S3Server.SECRET_KEY);

        var seen = api.post("/destinations/far/probe", "").path("seen");
        assertThat(seen.path("works").asBoolean()).isTrue();
        assertThat(seen.path("facts").path("payloadSha256").asBoolean()).isTrue();
        assertThat(api.get("/destinations").path("items").path(0).path("seen")).isEqualTo(seen);
        assertProblem(api.send("POST", "/destinations/near/probe", ""), 404, "not-found", "There is no destination");

        server().pass(Duration.ofMinutes(1));
        var space = api.get("/space");
        assertThat(space.path("disks").path(0).path("use").asString()).isEqualTo("data");
        assertThat(space.path("disks").path(0).path("low").asBoolean()).isTrue();
        assertThat(space.path("quotas").path(0).path("low").asBoolean()).isTrue();
        assertThat(space.path("warnings").toString())
                .contains("space.disk-low", "'far' has 0 B of its quota of 0.98 KiB left: purge packs");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void leftoversAreListedAndOnlyAbandonedUploadsAreAborted(boolean postgres) throws Exception {
        var api = start(postgres);
        var sending = pack("SENDING");
        var alive = opened(sending, "a.rar");
        volume(sending, 0, "a.rar", alive.id(), null);
        var nearlyNoted = opened(sending, "b.rar");
        volume(sending, 1, "b.rar", null, null);
        var ready = pack("READY");
        var again = opened(ready, "a.rar");
        volume(ready, 0, "a.rar", "another", 5L);
        var nobodys = PackId.random();
        var unknown = opened(nobodys, "a.rar");
        var strange = opened("not-of-ours", "a.rar");

        var found = api.get("/destinations/far/leftovers");
        assertThat(found.path("uploads").asLong()).isEqualTo(2);
        assertThat(ids(found.path("abandoned"))).containsExactlyInAnyOrder(again.id(), unknown.id());
        assertThat(found.path("abandoned").path(0).path("due").asBoolean()).isFalse();
        assertThat(aborted(api)).as("too young").isEmpty();

        api = later();
        relay.on(
                message -> message.kind() == Kind.LIST_PARTS && message.path().contains(nobodys),
                1,
                touchedInTheFuture());
        assertThat(aborted(api)).as("somebody else still sends the other").containsExactly(again.id());
        assertThat(aborted(api)).containsExactly(unknown.id());
        assertThat(open()).containsExactlyInAnyOrder(alive.id(), nearlyNoted.id(), strange.id());
    }

    @Test
    void whatWasAbortedBeforeAFailureIsToldAndRecorded() throws Exception {
        start(false);
        for (var name : List.of("a.rar", "b.rar", "c.rar")) opened(PackId.random(), name);
        var api = later();
        relay.on(Kind.ABORT, 1, S3Fault.none());
        relay.on(Kind.ABORT, 9, S3Fault.error(403, "AccessDenied"));

        var answer = api.post("/destinations/far/leftovers/abort", "");

        assertThat(answer.path("aborted")).hasSize(1);
        assertThat(answer.path("problem").asString()).startsWith("1 upload aborted, then: ");
        assertThat(open()).hasSize(2);
        assertProblem(api.send("POST", "/destinations/far/leftovers/abort", ""), 503, "unavailable", "");
        assertThat(database()
                        .reads()
                        .sql("select subject from audit where action = 'uploads-aborted' order by at, subject desc")
                        .query(String.class)
                        .list())
                .containsExactlyInAnyOrder("far: 1 upload", "far: no uploads");
    }

    @Test
    void objectsThatNoPackKnowsAreListedByFolderAndStay() throws Exception {
        var api = start(false);
        var ready = pack("READY");
        volume(ready, 0, "a.rar", "u", 5L);
        put(ready + "/a.rar");
        put(ready + "/manifest.json");
        put(ready + "/b.rar");
        var nobodys = PackId.random();
        for (var name : List.of("/b.rar", "/c/d.rar", "/manifest.json")) put(nobodys + name);
        put("readme.txt");
        put("probe-00000000-0000-0000-0000-000000000000/small");

        var found = api.get("/destinations/far/leftovers");

        var orphans = found.path("orphans");
        assertThat(orphans.path("objects").asLong()).isEqualTo(4);
        assertThat(orphans.path("bytes").asLong()).isEqualTo(20);
        assertThat(orphans.path("packs").asLong()).isEqualTo(2);
        assertThat(orphans.path("folders")
                        .valueStream()
                        .filter(each -> each.path("sealed").asBoolean()))
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.path("path").asString()).isEqualTo(PREFIX + "/" + nobodys + "/");
                    assertThat(each.path("objects").asLong()).isEqualTo(3);
                });
        assertThat(orphans.path("others").asLong()).isEqualTo(1);
        assertThat(found.path("complete").asBoolean()).isTrue();
        assertThat(aborted(api)).isEmpty();
        assertThat(s3.filesIn(bucket)).hasSize(8);
        assertThat(page()).contains("scope=\"col\">Folder</th>", "--endpoint-url &#39;");
    }

    private String page() throws Exception {
        server().part(Accounts.class).create("ann", Role.MEMBER, new Secret(WebServer.PASSWORD), false, Who.local());
        var ann = server().browser();
        ann.signIn("ann", WebServer.PASSWORD);
        return ann.get("/destinations/far/leftovers").body();
    }

    /// Past the grace time, which is a week.
    private ApiCaller later() {
        server().pass(Duration.ofDays(8));
        return new ApiCaller(server());
    }

    private static S3Fault touchedInTheFuture() {
        return S3Fault.answer(200, """
                <ListPartsResult><IsTruncated>false</IsTruncated><Part><PartNumber>1</PartNumber>
                <LastModified>2099-01-01T00:00:00.000Z</LastModified><ETag>"e"</ETag><Size>1</Size></Part></ListPartsResult>""");
    }

    private static List<String> aborted(ApiCaller api) throws Exception {
        return ids(api.post("/destinations/far/leftovers/abort", "").path("aborted"));
    }

    private static List<String> ids(JsonNode uploads) {
        return uploads.valueStream().map(upload -> upload.path("id").asString()).toList();
    }

    private List<String> open() throws Exception {
        var open = new ArrayList<String>();
        store().uploads(
                        PREFIX,
                        page -> open.addAll(
                                page.stream().map(ObjectStore.ListedUpload::id).toList()));
        return open;
    }

    private OpenUpload opened(String pack, String name) throws Exception {
        return store().create(ObjectKey.of(PREFIX, pack, name), "x/y");
    }

    private void put(String name) throws Exception {
        var body = PartBody.of(ByteBuffer.allocate(5), PartBody.Pace.UNLIMITED);
        store().put(new ObjectKey(PREFIX + "/" + name), body, "x/y");
    }

    private String pack(String state) {
        var id = PackId.random();
        var inserted = PackRow.of("Film", folder).insert(database());
        database()
                .writes()
                .sql("update packs set id = ?, state = ?, destination = 'far' where id = ?")
                .params(id, state, inserted)
                .update();
        return id;
    }

    /// One of 600 bytes, of which a part of 100 was accepted unless it is completed.
    private void volume(String pack, int n, String name, @Nullable String upload, @Nullable Long completed) {
        database()
                .writes()
                .sql("insert into volumes (pack_id, n, name, size, object_key, upload_id, part_size, completed_at)"
                        + " values (?, ?, ?, 600, ?, ?, 100, ?)")
                .param(pack)
                .param(n)
                .param(name)
                .param(ObjectKey.of(PREFIX, pack, name).value())
                .param(upload)
                .param(completed)
                .update();
        if (completed == null)
            database()
                    .writes()
                    .sql("insert into parts (pack_id, volume, number, size, etag, sha256, crc32, crc32c, fragments,"
                            + " accepted_at) values (?, ?, 1, 100, '', '', 0, 0, ?, 1)")
                    .params(pack, n, new byte[0])
                    .update();
    }

    private Database database() {
        return server().part(Database.class);
    }

    private WebServer server() {
        return java.util.Objects.requireNonNull(server);
    }

    private ObjectStore store() {
        return java.util.Objects.requireNonNull(store);
    }
}
