package dev.transpack.uploading;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The ledger file of an upload: it opens with what it says, the same each time, or one sentence tells that it is none.
public final class LedgerFuzz {
    private static final LedgerFile.Start FRESH = new LedgerFile.Start("pack", "print", 5 << 20, null);
    private static final Path FILE = file();

    private LedgerFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        Files.write(FILE, input);
        var peeked = LedgerFile.peek(FILE);
        List<Object> first;
        try {
            first = read();
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("is not an upload's ledger");
            return;
        }
        assertThat(read()).isEqualTo(first);
        if (input.length == 0) assertThat(peeked).isEmpty();
    }

    private static List<Object> read() throws IOException {
        try (var ledger = LedgerFile.open(FILE, FRESH)) {
            var all = new ArrayList<Object>(ledger.volumes());
            all.add(ledger.start().packId() + ledger.start().fingerprint());
            for (var volume : ledger.volumes()) all.addAll(ledger.parts(volume.volume()));
            return all;
        }
    }

    private static Path file() {
        try {
            var file = Files.createTempFile("transpack", ".upload");
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
