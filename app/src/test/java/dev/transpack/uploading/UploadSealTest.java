package dev.transpack.uploading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.fixtures.S3Fault;
import dev.transpack.fixtures.S3Message.Kind;
import java.io.IOException;
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
}
