package dev.transpack.uploading;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
}
