package dev.transpack.uploading;

import dev.transpack.database.Database;
import dev.transpack.database.DatabaseSettings;
import dev.transpack.fixtures.Folders;
import dev.transpack.fixtures.PackRow;
import dev.transpack.fixtures.S3Relay;
import dev.transpack.fixtures.S3Server;
import dev.transpack.jobs.JobSettings;
import dev.transpack.jobs.Jobs;
import dev.transpack.jobs.Worker;
import dev.transpack.librar.Encryption;
import dev.transpack.packing.Pack;
import dev.transpack.packing.PackFiles;
import dev.transpack.packing.PackForm;
import dev.transpack.packing.PackFormat;
import dev.transpack.packing.PackRequest;
import dev.transpack.packing.PackSecrets;
import dev.transpack.packing.PackSettings;
import dev.transpack.packing.Packs;
import dev.transpack.packing.Planning;
import dev.transpack.packing.SendPack;
import dev.transpack.settings.InstanceKey;
import dev.transpack.settings.SettingsReader;
import dev.transpack.settings.SettingsSource;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What a send job needs, all of it real: a database, a download of 22 MiB, a bucket behind a relay, workers. Two
/// volumes of three parts each, sent one at a time.
final class SendFixture implements AutoCloseable {
    static final int MIB = 1 << 20;

    final S3Server server = S3Server.shared();
    final S3Relay relay = S3Relay.before(server);
    final String bucket = server.newBucket();
    final Path film;
    final Database database;
    final Packs packs;
    final Planning planning;
    final PackVolumes volumes;
    final PackSecrets secrets;
    /// How much packs may take of the bucket, in the settings of a node that is made from now on.
    String quota = "1t";
    private final InstanceKey key;

    SendFixture(Path home) {
        film = home.resolve("Film");
        Folders.file(film, "film.mkv", 22 * MIB);
        Folders.file(film, "subs/en.srt", 1_000);
        database = Database.open(DatabaseSettings.file(home.resolve("t.db")));
        packs = new Packs(database, InstantSource.system());
        volumes = new PackVolumes(database);
        key = InstanceKey.of(home.resolve("key"));
        secrets = new PackSecrets(database, key);
        var settings = new PackSettings(
                new PackForm(PackFormat.RAR, 12L * MIB, 0, 0),
                Path.of("/usr/bin/rar"),
                home.resolve("staging"),
                List.of());
        planning = new Planning(database, packs, new PackFiles(database), settings, secrets);
    }

    /// A process of its own, as far as rows can tell.
    final class Node implements AutoCloseable {
        final OpenDestinations destinations;
        final Jobs jobs = new Jobs(database, InstantSource.system());
        private final Worker worker;

        private Node(String name, OpenDestinations destinations) {
            this.destinations = destinations;
            var work = new SendPackWork(
                    new SendPackWork.PackRecords(database, InstantSource.system(), packs, volumes),
                    planning,
                    destinations,
                    new UploadSettings(5 * MIB, 1, 1, null),
                    new RateLimit(null));
            jobs.register(SendPack.KIND, work, Retries::ofJob);
            worker = new Worker(database, jobs, new JobSettings(2), name, InstantSource.system());
            worker.start();
        }

        @Override
        public void close() {
            worker.close();
            destinations.close();
        }
    }

    Node node(String name) {
        return node(name, bucket);
    }

    Node node(String name, String where) {
        return new Node(name, destinations(relay.endpoint(), where));
    }

    OpenDestinations destinations(URI endpoint, String where) {
        var settings = new SettingsReader(SettingsSource.of(Map.of(
                "destinations.test.quota",
                quota,
                "destinations.test.endpoint",
                endpoint.toString(),
                "destinations.test.bucket",
                where,
                "destinations.test.access-key",
                S3Server.ACCESS_KEY,
                "destinations.test.secret-key",
                S3Server.SECRET_KEY)));
        return new OpenDestinations(Destinations.read(settings), database, volumes, InstantSource.system());
    }

    /// A pack of the download, not planned yet and without a job.
    Pack pack() {
        return pack(UnaryOperator.identity());
    }

    /// The same, asked for in another way.
    Pack pack(UnaryOperator<PackRow> request) {
        return packs.get(request.apply(PackRow.of("Film", film)).insert(database));
    }

    /// A pack of this form, which a password may open.
    Pack pack(PackForm form, @Nullable String password) {
        var request = new PackRequest("download-Film", null, null, form, null, List.of(), List.of(), true);
        var id = new PackRow("Film", film, null, request).insert(database);
        if (password != null)
            database.writes()
                    .sql("insert into pack_secrets (pack_id, password, seed) values (?, ?, ?)")
                    .params(id, key.seal(password), Encryption.freshSeed())
                    .update();
        return packs.get(id);
    }

    /// @return the job's id
    String enqueue(Pack pack) {
        return new Jobs(database, InstantSource.system())
                .enqueue(SendPack.KIND, pack.id(), new SendPack.Payload(pack.id(), true));
    }

    long partRows(Pack pack) {
        return database.reads()
                .sql("select count(*) from parts where pack_id = ?")
                .param(pack.id())
                .query(Long.class)
                .single();
    }

    @Override
    public void close() {
        database.close();
        relay.close();
    }
}
