package dev.transpack.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.accounts.LocalToken;
import dev.transpack.command.AppSettings;
import dev.transpack.command.Server;
import dev.transpack.database.Database;
import dev.transpack.database.DatabaseSettings;
import dev.transpack.database.Restore;
import dev.transpack.fixtures.Eventually;
import dev.transpack.fixtures.Extracted;
import dev.transpack.fixtures.OlderInstallation;
import dev.transpack.fixtures.PostgresServer;
import dev.transpack.fixtures.S3Server;
import dev.transpack.settings.SettingsSource;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What an older version left is there after an upgrade, and works: on the database it was, and in PostgreSQL by its
/// backup.
@Timeout(120)
class UpgradeTest {
    /// What destinations were seen to do may be forgotten: they are looked at again.
    private static final Set<String> FOUND_OUT_AGAIN = Set.of("destination_probes");

    /// Columns that were there and empty until a version gave them a meaning.
    private static final Set<String> GIVEN_LATER = Set.of("priority");

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern LINK = Pattern.compile("/d/[^\"/]+");

    @TempDir
    Path home;

    private Browser api;

    static List<Path> versions() throws IOException {
        return OlderInstallation.all();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void everyRowIsStillThere(Path version) throws Exception {
        OlderInstallation.unpack(version, home);
        var settings = sqlite();
        Map<String, List<String>> before;
        try (var connection = DriverManager.getConnection(settings.url())) {
            before = rows(connection, null);
        }
        Database.open(settings).close();
        try (var connection = DriverManager.getConnection(settings.url())) {
            assertThat(rows(connection, before)).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void soItIsInPostgresByTheBackupOfThatVersion(Path version) throws Exception {
        OlderInstallation.unpack(version, home);
        var before = new TreeMap<String, Long>();
        try (var connection = DriverManager.getConnection(sqlite().url())) {
            rows(connection, null).forEach((table, rows) -> before.put(table, rows.size() - 1L));
        }
        var settings = PostgresServer.newDatabase();
        var data = Files.createDirectory(home.resolve("postgres"));
        new Restore(settings, data).from(home.resolve(OlderInstallation.BACKUP));
        try (var database = Database.open(settings)) {
            var after = new TreeMap<String, Long>();
            for (var table : before.keySet())
                after.put(
                        table,
                        database.reads()
                                .sql("select count(*) from " + table)
                                .query(Long.class)
                                .single());
            assertThat(after).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void whatWasDoneIsListedLinksOpenAndJobsGoOn(Path version) throws Exception {
        OlderInstallation.unpack(version, home);
        allWorks(sqlite());
    }

    private void allWorks(DatabaseSettings settings) throws Exception {
        var bucket = S3Server.shared().newBucket();
        moved(settings, bucket);
        try (var server = Server.start(
                AppSettings.read(SettingsSource.of(settings(settings, bucket))), Server.Role.WEB_AND_WORKER)) {
            api = new Browser(server.port(), "");
            var token =
                    new LocalToken(home.resolve(OlderInstallation.DATA)).read().orElseThrow();
            api.headers.put("Authorization", "Bearer " + token.reveal());
            assertThat(names(get("/packs"))).containsExactlyInAnyOrder("Sintel", "Here", "Gone", "Resting", "Queued");
            assertThat(new Browser(server.port(), "")
                            .signIn("ann", WebServer.PASSWORD)
                            .statusCode())
                    .isEqualTo(303);
            linksOpen();
            post("/packs/resume");
            Eventually.until(
                    "all packs are sealed",
                    () -> get("/packs")
                            .path("items")
                            .valueStream()
                            .allMatch(pack -> pack.path("state").asString().equalsIgnoreCase("ready")));
        }
        var volume = S3Server.shared().filesIn(bucket).stream()
                .filter(file -> file.endsWith("Queued.rar"))
                .findFirst()
                .orElseThrow();
        Extracted.byUnrar(
                        S3Server.shared()
                                .directory()
                                .resolve(bucket)
                                .resolve(volume)
                                .getParent(),
                        home.resolve("out"))
                .isSameAs(home.resolve(OlderInstallation.DOWNLOADS).resolve("Queued"));
    }

    /// The downloads lie elsewhere now and the bucket has moved, which people tell the database as the guide says.
    private void moved(DatabaseSettings settings, String bucket) {
        try (var database = Database.open(settings)) {
            var source = Path.of(database.reads()
                    .sql("select source from packs where name = 'Sintel'")
                    .query(String.class)
                    .single());
            database.writes()
                    .sql("update packs set source = replace(source, ?, ?)")
                    .params(source.getParent().toString(), downloads())
                    .update();
            database.writes()
                    .sql("update pack_places set endpoint = ?, bucket = ?")
                    .params("127.0.0.1:" + S3Server.shared().port(), bucket)
                    .update();
        }
    }

    /// Of the pack in the bucket leads to it, of the one on this box gives its bytes.
    private void linksOpen() throws Exception {
        var links = LINK.matcher(get("/links").toString())
                .results()
                .map(found -> found.group())
                .distinct()
                .toList();
        assertThat(links).hasSize(2);
        var answers = new ArrayList<Integer>();
        for (var link : links) {
            assertThat(api.get(link).statusCode()).isEqualTo(200);
            answers.add(api.get(link + "/Sintel.rar").statusCode());
            answers.add(api.get(link + "/Here.rar").statusCode());
        }
        assertThat(answers).containsExactlyInAnyOrder(302, 404, 404, 200);
    }

    /// @param known the tables and columns to read; null reads all
    private static Map<String, List<String>> rows(Connection connection, Map<String, List<String>> known)
            throws SQLException {
        var all = new TreeMap<String, List<String>>();
        try (var statement = connection.createStatement()) {
            var tables = new ArrayList<String>();
            var names = statement.executeQuery(
                    "select name from sqlite_master where type = 'table' and name <> 'flyway_schema_history'");
            while (names.next()) if (!FOUND_OUT_AGAIN.contains(names.getString(1))) tables.add(names.getString(1));
            for (var table : tables) {
                if (known != null && !known.containsKey(table)) continue;
                var columns = known == null
                        ? columns(connection, table)
                        : known.get(table).getFirst();
                var found = new ArrayList<String>();
                var rows = statement.executeQuery("select " + columns + " from " + table);
                while (rows.next()) {
                    var row = new StringBuilder();
                    for (var n = 1; n <= rows.getMetaData().getColumnCount(); n++)
                        row.append(rows.getString(n)).append('|');
                    found.add(row.toString());
                }
                found.sort(null);
                found.addFirst(columns);
                all.put(table, found);
            }
        }
        return all;
    }

    private static String columns(Connection connection, String table) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("pragma table_info(" + table + ")")) {
            var columns = new ArrayList<String>();
            while (rows.next()) if (!GIVEN_LATER.contains(rows.getString("name"))) columns.add(rows.getString("name"));
            return String.join(", ", columns);
        }
    }

    private static List<String> names(JsonNode list) {
        return list.path("items")
                .valueStream()
                .map(item -> item.path("name").asString())
                .toList();
    }

    private JsonNode get(String path) throws Exception {
        return JSON.readTree(api.get("/api/v1" + path).body());
    }

    private void post(String path) throws Exception {
        var answer = api.send(api.request("/api/v1" + path).POST(BodyPublishers.noBody()));
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 204);
    }

    private DatabaseSettings sqlite() {
        return DatabaseSettings.file(home.resolve(OlderInstallation.DATA).resolve("transpack.db"));
    }

    private String downloads() {
        return home.resolve(OlderInstallation.DOWNLOADS).toString();
    }

    private Map<String, String> settings(DatabaseSettings database, String bucket) {
        var settings = new HashMap<>(WebServer.database(database));
        settings.putAll(Map.of(
                "data-dir", home.resolve(OlderInstallation.DATA).toString(),
                "server.port", "0",
                "node.name", "here",
                "transmission.url", "none",
                "downloads.dir", downloads(),
                "upload.part-size", "5m"));
        settings.putAll(Map.of(
                "destinations.here.type",
                "box",
                "destinations.bucket.default",
                "true",
                "destinations.bucket.endpoint",
                S3Server.shared().endpoint().toString(),
                "destinations.bucket.bucket",
                bucket,
                "destinations.bucket.access-key",
                S3Server.ACCESS_KEY,
                "destinations.bucket.secret-key",
                S3Server.SECRET_KEY));
        return settings;
    }
}
