package dev.transpack.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.fixtures.Eventually;
import dev.transpack.fixtures.S3Server;
import dev.transpack.fixtures.TranspackProcess;
import dev.transpack.packing.PackId;
import dev.transpack.settings.SettingsSource;
import dev.transpack.uploading.Destinations;
import dev.transpack.uploading.ObjectKey;
import dev.transpack.uploading.ObjectStore;
import dev.transpack.uploading.OpenDestinations;
import dev.transpack.uploading.PartBody;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The whole journey from the command line, against a real server, a real bucket and a real folder.
@Timeout(240)
class CommandJourneyTest {
    private static final String HOSTILE = "$(touch x) \"; rm -rf . <img src=x> \u001b[2J";

    @TempDir
    static Path folder;

    private static Server server;
    private static Path config;
    private static Path downloads;

    @BeforeAll
    static void start() throws Exception {
        var s3 = S3Server.shared();
        downloads = Files.createDirectory(folder.resolve("downloads"));
        for (var name : List.of(
                "Sintel", "Sintel 4K", "Cosmos", "Home", "Gone", "Partly", "Away", "Ended", "Formats", "Secret"))
            film(name);
        film(HOSTILE);
        var settings = new HashMap<>(Map.of(
                "data-dir",
                folder.resolve("data").toString(),
                "server.port",
                "0",
                "transmission.url",
                "none",
                "downloads.dir",
                downloads.toString()));
        settings.putAll(Map.of(
                "destinations.box.bucket",
                s3.newBucket(),
                "destinations.box.endpoint",
                s3.endpoint().toString(),
                "destinations.box.access-key",
                S3Server.ACCESS_KEY,
                "destinations.box.secret-key",
                S3Server.SECRET_KEY));
        server = Server.start(AppSettings.read(SettingsSource.of(settings)), Server.Role.WEB_AND_WORKER);
        config = Files.writeString(folder.resolve("client.yml"), "data-dir: '" + folder.resolve("data") + "'\n");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void whatNobodyKnowsInABucketIsListedAndNothingYoungIsAborted() throws Exception {
        var box = server.part(Destinations.class).find("box").orElseThrow();
        var store = server.part(OpenDestinations.class).store(box);
        var pack = PackId.random();
        var upload = store.create(ObjectKey.of("", pack, "a.rar"), "x/y");
        store.put(ObjectKey.of("", pack, "b.rar"), PartBody.of(ByteBuffer.allocate(5), PartBody.Pace.UNLIMITED), "x/y");

        var listed = run("leftovers", "--destination", "box");
        assertThat(listed.exitCode()).isZero();
        assertThat(listed.out())
                .contains("box: 1 abandoned upload, 1 object (5 B) that no pack knows.")
                .contains(pack + "/a.rar  (too young to be aborted)", pack + "/  1 object (5 B)")
                .contains(
                        "never deletes objects",
                        "aws s3 rm --recursive --endpoint-url '" + box.address().endpoint() + "' 's3://" + box.bucket()
                                + "/" + pack + "/'");
        assertThat(run("leftovers", "--json")
                        .json()
                        .path(0)
                        .path("orphans")
                        .path("objects")
                        .asLong())
                .isEqualTo(1);
        assertThat(run("leftovers", "--abort").out()).contains("box: no uploads aborted.");
        assertThat(store.openUploads(upload.key())).containsExactly(upload);
        assertThat(run("leftovers", "--destination", "moon").err()).contains("no bucket 'moon'", "[box]");
        store.abort(upload);
        store.delete(List.of(new ObjectStore.ObjectVersion(ObjectKey.of("", pack, "b.rar"), null)));
    }

    @Test
    void theListShowsEveryDownloadWithoutSteeringTheTerminal() {
        var list = run("list");
        assertThat(list.exitCode()).isZero();
        assertThat(list.out()).startsWith("ID").contains("Sintel 4K", "$(touch x) \"; rm -rf . <img src=x> \\x1b[2J");
        assertThat(list.out()).doesNotContain("\u001b");
        var json = run("list", "--json");
        assertThat(json.out()).doesNotContain("\u001b");
        assertThat(json.json().valueStream().map(item -> item.path("name").asString()))
                .contains(HOSTILE, "Sintel", "Sintel 4K", "Cosmos", "Home");
        assertThat(run("list", "cosmos", "--json").json()).hasSize(1);
        assertThat(run("list", "nothing such").out()).isEqualTo("There is no such download.\n");
    }

    @Test
    void theListIsFilteredByTheStatusItShows() {
        var line = run("list", "cosmos").last();
        assertThat(line).contains("  ready, loose  ");
        assertThat(run("list", "cosmos", "--status", "loose").last()).isEqualTo(line);
        assertThat(run("list", "cosmos", "--status", "Ready", "--sort=-size").last())
                .isEqualTo(line);
        assertThat(run("list", "--status", "seeding").out()).isEqualTo("There is no such download.\n");
        assertUsage(run("list", "--status", "finished"), "no 'finished'; write one of all, ready, seeding");
        assertUsage(run("list", "--sort", "age"), "no 'age'; write one of name, size, done, ratio");
    }

    @Test
    void aDownloadIsSentAndItsLinkIsTheLastLine() throws Exception {
        var sent = run("send", "Sintel", "--wait");
        assertThat(sent.exitCode()).as(sent.err()).isZero();
        assertThat(sent.last()).startsWith("link: http://localhost:");
        var page = open(sent.last().substring("link: ".length()));
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("Sintel");
        assertThat(run("packs").out()).contains("ready", "strong", "Sintel");
        assertThat(run("jobs").out().lines()).anyMatch(line -> line.matches("send-pack +done .* Sintel"));
    }

    @Test
    void howFastUploadsMayBeIsSaidAndSetWhileTheyRun() {
        assertThat(run("limit").out()).isEqualTo("Uploads now: as fast as it goes.\nSo the settings say.\n");
        var entry = "daily 00:00-24:00 200m";
        var set = run("limit", "100m", "--timetable", entry);
        assertThat(set.out())
                .startsWith(
                        "Uploads now: at most 200 MiB/s.\nTimetable: " + entry + "\nOtherwise: at most 100 MiB/s.\n")
                .contains("transpack limit --settings");
        var held = run("limit", "--json").json();
        assertThat(held.path("now").asLong()).isEqualTo(200 << 20);
        assertThat(held.path("timetable").get(0).asString()).isEqualTo(entry);
        assertThat(run("limit", "50m").out()).contains("Timetable: " + entry, "Otherwise: at most 50.0 MiB/s.");
        assertThat(run("limit", "--timetable", "daily 00:00-24:00 none").out())
                .contains("Timetable: daily 00:00-24:00 none", "Otherwise: at most 50.0 MiB/s.");
        assertThat(run("limit", "--timetable", "none").out())
                .startsWith("Uploads now: at most 50.0 MiB/s.")
                .doesNotContain("Timetable");
        var refused = run("limit", "quick");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("'quick' is no rate: write bytes a second, such as 10m, or none.");
        assertUsage(run("limit", "1m", "--settings"), "not both");
        assertThat(run("limit", "--settings").out()).contains("So the settings say.");
    }

    @ParameterizedTest
    @CsvSource({
        "zip, 0, F-zip.zip, a double click",
        "tar, 0, F-tar.tar, tar -xf",
        "files, 0, Formats/film.mkv, CRC32",
        "rar-binary, 3, F-rar-binary.rar, unrar x",
        "rar, 2, F-rar.rar.par2, unrar x"
    })
    void aPackOfAnyFormatIsFetchedThroughItsLink(String format, String recovery, String volume, String remedy)
            throws Exception {
        var name = "F-" + format;
        var sent = run("send", "Formats", "--name", name, "--format", format, "--recovery", recovery, "--wait");
        assertThat(sent.exitCode()).as(sent.err()).isZero();
        var link = sent.last().substring("link: ".length());
        assertThat(open(link).body()).contains(volume, "film.mkv", remedy);
        var fetched = open(link + "/" + volume);
        assertThat(fetched.statusCode()).isEqualTo(302);
        assertThat(open(fetched.headers().firstValue("Location").orElseThrow()).statusCode())
                .isEqualTo(200);
        assertThat(open(link + "/checksums.sfv").body()).contains(volume);
        var purged = run("purge", name, "--from", "bucket", "--yes");
        assertThat(purged.exitCode()).as(purged.err()).isZero();
        Eventually.until("the link is gone", () -> open(link).statusCode() == 404);
    }

    @Test
    void whatAPasswordHidesIsNotOnTheLinkPageEither() throws Exception {
        var sent = typing("correct horse\n", "send", "Secret", "--password-stdin", "--wait");
        assertThat(sent.exitCode()).as(sent.output()).isZero();
        var link =
                sent.output().lines().filter(line -> line.startsWith("link: ")).findFirst();
        var page = open(link.orElseThrow().substring("link: ".length())).body();
        assertThat(page).contains(".rar", "asks for the password").doesNotContain("Secret", "film.mkv");
        assertThat(run("packs").out()).contains("Secret");
        assertThat(typing("correct horse\n", "send", "Cosmos", "--format", "tar", "--password-stdin")
                        .output())
                .contains("The format tar has no password: choose rar, zip or rar-binary.");
    }

    @Test
    void aHostileNameTravelsUnharmed() {
        var sent = run("send", HOSTILE, "--wait", "--json");
        assertThat(sent.exitCode()).as(sent.err()).isZero();
        assertThat(sent.json().path("pack").path("state").asString()).isEqualTo("ready");
        assertThat(sent.json().path("pack").path("download").path("name").asString())
                .isEqualTo(HOSTILE);
        assertThat(sent.out()).doesNotContain("\u001b");
        assertThat(downloads.resolve("x")).doesNotExist();
    }

    @Test
    void anAmbiguousNameAndAMistypedOneAreExplained() {
        var ambiguous = run("send", "intel");
        assertThat(ambiguous.exitCode()).isEqualTo(1);
        assertThat(ambiguous.err()).contains("may mean 2 downloads", "'Sintel 4K'");
        assertThat(run("send", "Cosmso").err()).contains("no download 'Cosmso'; the nearest name is 'Cosmos'.");
        assertThat(run("cancel", "no such pack").err()).contains("There is no pack 'no such pack'");
    }

    @Test
    void whatTheFormatCannotDoIsRefused() {
        assertUsage(run("send", "Cosmos", "--format", "7z"), "no '7z'; write one of rar, zip, tar, files, rar-binary");
        assertUsage(run("send", "Cosmos", "--level", "high"), "'high' is not an int");
        assertThat(run("send", "Cosmos", "--level", "3").err()).contains("choose the format rar-binary, or level 0");
        assertThat(run("send", "Cosmos", "--recovery", "101").err()).contains("0 (none) to 100 percent");
        assertThat(run("send", "Cosmos", "--format", "files", "--volume-size", "9m")
                        .err())
                .contains("leave the volume size out");
        assertUsage(run("send", "Cosmos", "--name", ""), "--name: write 1 to 255 characters");
        assertUsage(run("send", "Cosmos", "--volume-size", "0"), "--volume-size: write a size above 0");
        assertUsage(run("send", "Cosmos", "--only", ""), "--only and --exclude: write a path");
        assertThat(run("send", "Cosmos", "--volume-size", "1k").err()).contains("5 MiB or more");
        assertThat(run("send", "Cosmos", "--destination", "moon").err()).contains("no destination 'moon'");
    }

    @Test
    void aLinkIsMadeListedAndRevoked() throws Exception {
        run("send", "Cosmos", "--wait");
        var made = run("link", "create", "Cosmos", "--expires-in", "2h");
        assertThat(made.exitCode()).as(made.err()).isZero();
        var address = made.last().substring("link: ".length());
        assertThat(run("links").out().lines()).anyMatch(line -> line.matches(".* open +Cosmos +" + address));
        assertThat(run("link", "revoke", address).exitCode()).isZero();
        assertThat(open(address).statusCode()).isEqualTo(404);
        assertThat(run("link", "list").out()).contains("revoked");
        assertUsage(
                run("link", "create", "Cosmos", "--expires-in", "soon"),
                "'--expires-in': write a time from 1m to 365d, such as 30m, 12h or 7d");
        assertThat(run("link", "revoke", "nothing").err())
                .isEqualTo("There is no link 'nothing': transpack links shows them all.\n");
    }

    @Test
    void aPurgeShowsItsPlanAndDoesNothingOnADryRun() {
        run("send", "Home", "--wait");
        var plan = run("purge", "Home", "--dry-run");
        assertThat(plan.exitCode()).as(plan.err()).isEqualTo(1);
        assertThat(plan.out()).contains("Plan for 'Home':", "goes   ", "objects", "frees  ", "refused: ");
        var possible = run("purge", "Home", "--dry-run", "--from", "bucket", "--json");
        assertThat(possible.exitCode()).isZero();
        var json = possible.json();
        assertThat(json.path("allowed").asBoolean()).as(json.toString()).isTrue();
        assertThat(json.path("from").path(0).asString()).isEqualTo("bucket");
        assertThat(downloads.resolve("Home")).exists();
    }

    @Test
    void aScriptPurgesWhatIsProvenButNeverOverrides() throws Exception {
        run("send", "Gone", "--wait");
        var refused = run("purge", "Gone", "--from", "bucket,disk", "--yes");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("--yes does not override");
        assertThat(run("home", "Gone").exitCode()).isZero();
        var done = run("purge", "Gone", "--from", "bucket,disk", "--yes");
        assertThat(done.exitCode()).as(done.out() + done.err()).isZero();
        Eventually.until("it is gone", () -> !Files.exists(downloads.resolve("Gone")) && state("Gone", "purged"));
    }

    @Test
    void aPurgedSourceIsLeftOutOfThePlanAndTheWayOnIsNamed() throws Exception {
        film("Twice");
        Eventually.until("it is seen", () -> run("list", "Twice").out().contains("Twice"));
        run("send", "Twice", "--wait");
        run("home", "Twice");
        run("purge", "Twice", "--from", "disk", "--yes");
        Eventually.until(
                "it is gone",
                () -> run("purge", "Twice", "--from", "disk", "--dry-run").out().contains("--from bucket"));
        var plan = run("purge", "Twice", "--dry-run").out();
        assertThat(plan).contains("gone   The source was purged on ", "objects").doesNotContain("refused");
        var done = run("purge", "Twice", "--yes");
        assertThat(done.exitCode()).as(done.out() + done.err()).isZero();
        Eventually.until("it is gone", () -> state("Twice", "purged"));
        Eventually.until(
                "its job has ended too",
                () -> run("jobs", "--state", "done").out().split("Twice", -1).length > 3); // sent, purged, purged
        assertThat(run("purge", "Twice", "--retry").err()).contains("no purge of 'Twice' that can be retried");
        assertThat(run("purge", "Twice", "--cancel").err()).contains("no purge of 'Twice' that can be cancelled");
        assertThat(run("purge", "Twice", "--retry", "--cancel").exitCode()).isEqualTo(2);
    }

    @Test
    void aPersonOverridesByTypingTheName() throws Exception {
        run("send", "Partly", "--wait");
        assertThat(typing("no\n", "purge", "Partly", "--from", "bucket,disk").output())
                .contains("type the pack's name", "Nothing was purged: that is not its name.");
        assertThat(typing("", "purge", "Partly", "--from", "bucket").output()).contains("Nothing was purged.");
        assertThat(downloads.resolve("Partly")).exists();
        var done = typing("Partly\n", "purge", "Partly", "--from", "bucket,disk");
        assertThat(done.exitCode()).as(done.output()).isZero();
        Eventually.until("it is gone", () -> !Files.exists(downloads.resolve("Partly")));
        Eventually.until(
                "its purge is done",
                () -> run("jobs").out().lines().anyMatch(line -> line.matches("purge-pack +done .* Partly")));
    }

    @Test
    void whatIsLeftInTheBucketOnlyIsSaid() throws Exception {
        run("send", "Away", "--wait");
        var purged = run("purge", "Away", "--from", "disk", "--yes");
        assertThat(purged.exitCode()).as(purged.out() + purged.err()).isZero();
        Eventually.until(
                "its source is gone",
                () -> run("packs")
                        .out()
                        .lines()
                        .anyMatch(line -> line.contains("ready, source purged") && line.endsWith("Away")));
    }

    @Test
    void whatHasEndedIsNeitherCancelledNorRetried() {
        run("send", "Ended", "--wait");
        assertThat(run("cancel", "Ended").err()).contains("'Ended' is ready and cannot be cancelled");
        assertThat(run("retry", "Ended").err()).contains("cannot be retried");
        assertThat(run("pause", "Ended").err()).contains("only one that is on its way");
        assertThat(run("resume", "--all").last()).isEqualTo("no packs: resumed.");
        assertUsage(run("pause"), "Missing required argument");
        assertUsage(run("packs", "--state", "lost"), "no 'lost'; write one of queued, planned");
        assertUsage(run("jobs", "--state", "lost"), "no 'lost'; write one of queued, running");
    }

    private static void assertUsage(CommandRun run, String said) {
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().lines().findFirst())
                .hasValueSatisfying(line -> assertThat(line).contains(said));
    }

    private static boolean state(String pack, String state) {
        return run("packs", "--json")
                .json()
                .valueStream()
                .anyMatch(each -> each.path("name").asString().equals(pack)
                        && each.path("state").asString().equals(state));
    }

    private static CommandRun run(String... line) {
        return CommandRun.of(arguments(line));
    }

    private static TranspackProcess.Ended typing(String answer, String... line) throws Exception {
        var input = Files.writeString(folder.resolve("input"), answer);
        return TranspackProcess.run(folder, input, Map.of(), arguments(line));
    }

    private static String[] arguments(String... line) {
        var all = new ArrayList<>(List.of(line));
        all.addAll(List.of("--url", "http://127.0.0.1:" + server.port(), "--config", config.toString()));
        return all.toArray(String[]::new);
    }

    private static void film(String name) throws Exception {
        var film = Files.createDirectory(downloads.resolve(name));
        Files.writeString(film.resolve("film.mkv"), name.repeat(10_000));
    }

    private static HttpResponse<String> open(String address) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(address)).build();
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request, BodyHandlers.ofString());
        }
    }
}
