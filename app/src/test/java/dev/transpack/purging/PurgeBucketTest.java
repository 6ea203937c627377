package dev.transpack.purging;

import static dev.transpack.purging.PurgeFrom.BUCKET;
import static dev.transpack.purging.PurgeFrom.DISK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.transpack.fixtures.Folders;
import dev.transpack.fixtures.S3Fault;
import dev.transpack.fixtures.S3Message;
import dev.transpack.uploading.ObjectKey;
import dev.transpack.uploading.ObjectStore.ObjectVersion;
import dev.transpack.uploading.StoreException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// How a purge talks to the bucket: which versions it deletes, and how much it asks.
@Timeout(180)
class PurgeBucketTest {
    @TempDir
    Path home;

    private PurgeFixture purging;

    @BeforeEach
    void start() throws Exception {
        purging = new PurgeFixture(home);
    }

    @AfterEach
    void stop() {
        purging.close();
    }

    @Test
    void whereTheBucketKeepsVersionsExactlyOursAreDeleted() throws Exception {
        Folders.film(purging.folder(), "Sintel");
        purging.relay.on(S3Message.Kind.PUT, 4, S3Fault.adding("x-amz-version-id: ours"));
        var id = purging.send("Sintel");
        var asked = new CompletableFuture<String>();
        purging.relay.on(S3Message.Kind.DELETE, 1, S3Fault.answer(200, "<DeleteResult/>", asked::complete));
        purging.purge(id, BUCKET);
        assertThat(asked.get(10, TimeUnit.SECONDS))
                .contains("manifest.json</Key><VersionId>ours</VersionId>")
                .contains("part1.rar</Key><VersionId>ours</VersionId>")
                .contains("part3.rar</Key><VersionId>ours</VersionId>");
    }

    @Test
    void anObjectThatNoRowNotedGoesInTheVersionThatIsFound() throws Exception {
        Folders.film(purging.folder(), "Sintel");
        var id = purging.send("Sintel");
        write("update volumes set completed_at = null, version_id = null where pack_id = ?", id);
        purging.relay.on(S3Message.Kind.HEAD, 100, S3Fault.adding("x-amz-version-id: found"));
        var objects = purging.plan(id, BUCKET).steps().bucket().objects();
        assertThat(objects).hasSize(4).allMatch(object -> "found".equals(object.version()));
    }

    @Test
    void uploadsAreLookedForManyAtATime() throws Exception {
        Folders.film(purging.folder(), "Sintel");
        var id = purging.send("Sintel");
        var purge = purging.accepted(id, null, BUCKET);
        var arrived = new Semaphore(0);
        var release = new CountDownLatch(1);
        purging.relay.on(S3Message.Kind.LIST_UPLOADS, 4, S3Fault.hold(arrived, release));
        var running = Thread.ofVirtual().start(() -> {
            try {
                purging.run(purge);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(arrived.tryAcquire(4, 20, TimeUnit.SECONDS)).isTrue();
        release.countDown();
        running.join();
        assertThat(purging.objects(id)).isEmpty();
    }

    @Test
    void aPlanThatIsShownLooksAtABoundedNumberOfObjects() throws Exception {
        Folders.film(purging.folder(), "Sintel");
        var id = purging.send("Sintel");
        write("""
                insert into volumes (pack_id, n, name, size, object_key, part_size, completed_at)
                with recursive numbers (i) as (select 10 union all select i + 1 from numbers where i < 3000)
                select ?, i, 'v' || i, 1, 'k' || i, 1, 1 from numbers""", id);
        var before = purging.relay.seen(S3Message.Kind.HEAD).size();
        purging.plan(id, DISK);
        assertThat(purging.relay.seen(S3Message.Kind.HEAD).size() - before)
                .isLessThanOrEqualTo(Thoroughness.GLANCE.objects() + 1);
    }

    @Test
    void aWalkThatFindsTooManyStrangersEndsThere() throws Exception {
        var film = Folders.film(purging.folder(), "Sintel");
        var id = purging.send("Sintel");
        var packed = purging.sent.files().list(id, 0, 100);
        for (var i = 0; i < 5; i++) Folders.file(film.getParent(), "Sintel/stranger " + i, 1);
        var few = SourceLook.at(purging.pack(id), packed, 4);
        assertThat(few.extras()).hasValueSatisfying(why -> assertThat(why).startsWith("More than 4 things"));
        assertThat(few.notIntact()).isPresent();
        var enough = SourceLook.at(purging.pack(id), packed, 5);
        assertThat(enough.strangers()).hasSize(5);
        assertThat(enough.notIntact()).isEmpty();
    }

    @Test
    void halfAWalkIsNoLookAtTheSource() throws Exception {
        Folders.film(purging.folder(), "Sintel");
        var id = purging.send("Sintel");
        var packed = purging.sent.files().list(id, 0, 100);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> SourceLook.at(purging.pack(id), packed, 5)).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void aPlanThatIsShownLooksAtABoundedNumberOfUnfinishedVolumes() throws Exception {
        Folders.film(purging.folder(), "Sintel");
        var id = purging.send("Sintel");
        write("""
                insert into volumes (pack_id, n, name, size, object_key, part_size)
                with recursive numbers (i) as (select 10 union all select i + 1 from numbers where i < 3000)
                select ?, i, 'v' || i, 1, 'k' || i, 1 from numbers""", id);
        var before = purging.relay.seen(S3Message.Kind.HEAD).size();
        var objects = purging.plan(id, BUCKET).steps().bucket().objects();
        assertThat(objects).hasSize(4 + 2991);
        assertThat(purging.relay.seen(S3Message.Kind.HEAD).size() - before)
                .isLessThanOrEqualTo(Thoroughness.GLANCE.objects() + 1);
    }

    @Test
    void aVersionThatThePlanHasNotSeenIsLookedUpBeforeItGoes() throws Exception {
        Folders.film(purging.folder(), "Sintel");
        var id = purging.send("Sintel");
        write("update volumes set completed_at = null, version_id = null where pack_id = ?", id);
        var purge = purging.accepted(id, null, BUCKET);
        purging.relay.on(S3Message.Kind.HEAD, 100, S3Fault.adding("x-amz-version-id: found"));
        var asked = new CompletableFuture<String>();
        purging.relay.on(S3Message.Kind.DELETE, 1, S3Fault.answer(200, "<DeleteResult/>", asked::complete));
        assertThatThrownBy(() -> purging.run(purge)).hasMessageContaining("still there");
        assertThat(asked.get(10, TimeUnit.SECONDS)).contains("part1.rar</Key><VersionId>found</VersionId>");
    }

    @Test
    void whereAPackLiesIsNotedOrItsManifestIsThere() throws Exception {
        Folders.film(purging.folder(), "Sintel");
        var id = purging.sent.send(purging.row("Sintel"));
        assertThat(purging.reasons(id, BUCKET)).isEmpty();
        var purge = purging.accepted(id, null, BUCKET);
        var manifest = ObjectKey.of("some/prefix", id, "manifest.json");
        purging.sent.store().delete(List.of(new ObjectVersion(manifest, null)));
        assertThatThrownBy(() -> purging.run(purge))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("'Sintel' lies was not noted")
                .hasMessageContaining("destination 'test'");
        assertThat(purging.objects(id)).hasSize(3);
        write("update packs set state = 'PURGED' where id = ?", id);
        purging.run(purge);
        assertThat(purging.objects(id)).isEmpty();
    }

    private void write(String sql, String pack) {
        purging.sent.database().writes().sql(sql).param(pack).update();
    }
}
