package dev.transpack.uploading;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Whatever ends a part ends the upload.
@Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PartUploadsTest {
    @Test
    void anErrorIsNotTakenForSuccess() throws Exception {
        try (var uploads = new PartUploads(2)) {
            uploads.start(() -> {
                throw new OutOfMemoryError("as ordered");
            });

            assertThatThrownBy(uploads::finish).isInstanceOf(OutOfMemoryError.class);
        }
    }

    /// Whoever waits for the end hears of what failed last, too.
    @Test
    void aFailureBesideTheWindowIsKnownBeforeTheEnd() {
        for (var round = 0; round < 3_000; round++) {
            try (var uploads = new PartUploads(1)) {
                assertThatThrownBy(() -> {
                            uploads.start(() -> () -> {
                                throw new IOException("not completed");
                            });
                            uploads.finish();
                        })
                        .hasMessage("not completed");
            }
        }
    }
}
