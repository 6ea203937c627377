package dev.transpack.web;

import dev.transpack.accounts.Accounts;
import dev.transpack.accounts.Role;
import dev.transpack.accounts.Who;
import dev.transpack.browse.Downloads;
import dev.transpack.database.Database;
import dev.transpack.fixtures.Browser;
import dev.transpack.fixtures.Folders;
import dev.transpack.fixtures.PackRow;
import dev.transpack.packing.PackRequest;
import dev.transpack.settings.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/// A server with a download folder, an account, and whatever packs and jobs a test lays into its rows. Nothing works in
/// the background: what moves is moved by the test.
final class PageFixture implements AutoCloseable {
    static final String NAME = "ann";

    private final WebServer server;
    private final Path downloads;

    PageFixture(Path folder) throws IOException {
        this(
                folder,
                Map.of(
                        "destinations.box.bucket", "transpack",
                        "destinations.box.endpoint", "http://127.0.0.1:1",
                        "destinations.box.access-key", "key",
                        "destinations.box.secret-key", "secret"));
    }

    /// @param destination its settings
    PageFixture(Path folder, Map<String, String> destination) throws IOException {
        downloads = Files.createDirectories(folder.resolve("downloads"));
        var settings = new HashMap<>(destination);
        settings.put("downloads.dir", downloads.toString());
        settings.put("transmission.url", "none");
        server = WebServer.start(folder.resolve("data"), settings);
        server.part(Accounts.class).create(NAME, Role.MEMBER, new Secret(WebServer.PASSWORD), false, Who.local());
    }

    WebServer server() {
        return server;
    }

    String address() {
        return "http://localhost:" + server.server().port();
    }

    Browser.Visitor signedIn(Browser.Visitor visitor) {
        return visitor.signIn(NAME, WebServer.PASSWORD);
    }

    Path film(String name) {
        return Folders.film(downloads, name);
    }

    Path file(String name) {
        return Folders.file(downloads, name, 1_000);
    }

    /// @return its id
    String pack(String name, String state) {
        return pack(name, state, UUID.randomUUID().toString().replace("-", ""));
    }

    /// A pack of a film that lies in the download folder.
    ///
    /// @return its id
    String packOf(String film, String state) {
        server.pass(Duration.ofSeconds(2)); // until the folder is looked at again
        var download = server.part(Downloads.class).list().downloads().stream()
                .filter(one -> one.name().equals(film))
                .findFirst()
                .orElseThrow();
        return pack(film, state, download.id().value());
    }

    private String pack(String name, String state, String download) {
        var id = new PackRow(name, downloads.resolve(name), null, PackRequest.of(download)).insert(database());
        database()
                .writes()
                .sql("""
                        update packs set state = ?, total_bytes = 4000, source_bytes = 3900, created_at = ?, fingerprint = 'f',
                                         sealed_at = case when ? = 'READY' then 1 end, error = case when ? = 'FAILED' then 'It broke.' end
                        where id = ?""")
                .params(state, System.currentTimeMillis(), state, state, id)
                .update();
        return id;
    }

    /// @return its id
    String runningJob(String pack, long done, long total) {
        var id = UUID.randomUUID().toString();
        database().writes().sql("""
                        insert into jobs (id, kind, version, subject, payload, state, fence, attempts, cancel_requested,
                                          done_bytes, total_bytes, bytes_per_second, created_at, started_at)
                        values (?, 'send-pack', 1, ?, '{}', 'RUNNING', 1, 1, ?, ?, ?, 2048, 1, 1)""").params(id, pack, false, done, total).update();
        return id;
    }

    /// A volume that is laid out, and goes up in parts of 1,000 bytes.
    void volume(String pack, int n, String name, long size) {
        database().writes().sql("""
                        insert into volumes (pack_id, n, name, size, object_key, part_size) values (?, ?, ?, ?, ?, 1000)""").params(pack, n, name, size, "key").update();
    }

    /// The destination has taken a part of 1,000 bytes.
    void part(String pack, int volume, int number) {
        database()
                .writes()
                .sql("update volumes set upload_id = 'u' where pack_id = ? and n = ?")
                .params(pack, volume)
                .update();
        database().writes().sql("""
                        insert into parts (pack_id, volume, number, size, etag, sha256, crc32, crc32c, fragments, accepted_at)
                        values (?, ?, ?, 1000, '', '', 0, 0, ?, 1)""").params(pack, volume, number, new byte[0]).update();
    }

    /// The destination holds the whole volume.
    void complete(String pack, int volume) {
        database()
                .writes()
                .sql("update volumes set completed_at = 1, grade = 'STRONG' where pack_id = ? and n = ?")
                .params(pack, volume)
                .update();
    }

    /// Files of a pack, as its plan lays them down.
    void files(String pack, String... paths) {
        for (var n = 0; n < paths.length; n++)
            database().writes().sql("""
                            insert into pack_files (pack_id, n, path, kind, size, mtime_s, mtime_ns, mode)
                            values (?, ?, ?, 'FILE', 10, 1, 0, 420)""").params(pack, n, paths[n]).update();
    }

    void state(String job, String state) {
        database()
                .writes()
                .sql("update jobs set state = ? where id = ?")
                .params(state, job)
                .update();
    }

    void progress(String job, long done) {
        database()
                .writes()
                .sql("update jobs set done_bytes = ? where id = ?")
                .params(done, job)
                .update();
    }

    void end(String job, String pack) {
        database()
                .writes()
                .sql("update jobs set state = 'DONE', done_bytes = total_bytes, finished_at = 2 where id = ?")
                .param(job)
                .update();
        database()
                .writes()
                .sql("update packs set state = 'READY', grade = 'STRONG', sealed_at = 2 where id = ?")
                .param(pack)
                .update();
    }

    Database database() {
        return server.part(Database.class);
    }

    @Override
    public void close() {
        server.close();
    }
}
