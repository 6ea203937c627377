package dev.transpack.uploading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.fixtures.S3Fault;
import dev.transpack.fixtures.S3Message.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The manifest where the bucket keeps versions: known, and one only.
@Timeout(120)
class UploadSealTest {
    private static final int VOLUME = 12 * UploadFixture.MIB;

    @TempDir
    Path home;

    private UploadFixture fixture;

    @BeforeEach
    void open() throws IOException {
        fixture = new UploadFixture(home);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void itsVersionIsTold() throws Exception {
        fixture.relay.on(Kind.PUT, 1, S3Fault.adding("x-amz-version-id: v7"));
        assertThat(fixture.run(fixture.season().plan(VOLUME)).version()).isEqualTo("v7");
    }

    @Test
    void aLostAnswerDoesNotMakeASecondVersion() throws Exception {
        fixture.relay.on(Kind.PUT, 1, S3Fault.loseAnswer());
        var plan = fixture.season().plan(VOLUME);
        fixture.run(plan);
        fixture.run(plan);
        assertThat(fixture.relay.seen(Kind.PUT)).hasSize(1);
        fixture.assertArrived(plan);
    }

    @Test
    void whereConditionsAreHonouredOnlyWhatIsNotThereIsMade() throws Exception {
        fixture.run(fixture.season().plan(VOLUME));

        assertThat(fixture.relay.seen(Kind.PUT))
                .singleElement()
                .satisfies(put -> assertThat(put.headers()).containsIgnoringCase("if-none-match: *"));
    }

    @Test
    void whereTheyAreNotNoneIsSent() throws Exception {
        fixture.facts = DestinationFacts.UNKNOWN;
        var plan = fixture.season().plan(VOLUME);
        fixture.run(plan);
        fixture.run(plan);

        assertThat(fixture.relay.seen(Kind.PUT))
                .allSatisfy(put -> assertThat(put.headers()).doesNotContainIgnoringCase("if-none-match"));
        fixture.assertArrived(plan);
    }

    /// The look before the write saw nothing, because another run, or a try whose answer was lost, wrote just then.
    @Test
    void oneThatCameInBetweenIsRecognizedAndNotWrittenOver() throws Exception {
        var plan = fixture.season().plan(VOLUME);
        fixture.run(plan);
        var before = fixture.store.find(manifest()).orElseThrow();
        fixture.relay.on(
                message -> message.kind() == Kind.HEAD && message.path().endsWith("/manifest.json"),
                1,
                S3Fault.error(404, "NoSuchKey"));

        fixture.run(plan);

        assertThat(fixture.relay.seen(Kind.PUT))
                .hasSize(2)
                .last()
                .satisfies(put -> assertThat(put.status()).isEqualTo(412));
        assertThat(fixture.store.find(manifest())).contains(before);
        fixture.assertArrived(plan);
    }

    @Test
    void anotherManifestIsReplacedIfItIsStillTheOneThatWasSeen() throws Exception {
        var other = PartBody.of(ByteBuffer.wrap("{}".getBytes(StandardCharsets.UTF_8)), PartBody.Pace.UNLIMITED);
        fixture.store.put(manifest(), other, "application/json");
        var plan = fixture.season().plan(VOLUME);

        fixture.run(plan);

        assertThat(fixture.relay.seen(Kind.PUT))
                .last()
                .satisfies(put -> assertThat(put.headers()).containsIgnoringCase("if-match: "));
        fixture.assertArrived(plan);
    }

    private ObjectKey manifest() {
        return ObjectKey.manifest(UploadFixture.PREFIX, UploadFixture.PACK);
    }
}
