package dev.transpack.browse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many downloads and many who look at them: one look serves all.
class BrowseSharingTest {
    private static final int MANY = 10_000;

    @Test
    void tenThousandDownloadsAreLookedAtOnceForAllWhoAsk(@TempDir Path home) throws Exception {
        try (var browse = BrowseFixture.without(home.resolve("test.db"), filled(home))) {
            var seen = askedByMany(browse, 20);

            assertThat(seen).hasSize(1);
            var list = seen.iterator().next();
            assertThat(list.downloads()).hasSize(MANY);
            assertThat(browse.downloads.list()).isSameAs(list);
            browse.downloads.forget();
            assertThat(browse.downloads.list()).isNotSameAs(list).isEqualTo(list);
        }
    }

    @Test
    void whoHasChangedSomethingSeesIt(@TempDir Path home) throws IOException {
        var settings = new BrowseSettings(Files.createDirectory(home.resolve("downloads")), new PathMap(List.of()));
        try (var browse = BrowseFixture.without(home.resolve("test.db"), settings)) {
            assertThat(browse.downloads.list().downloads()).isEmpty();
            Files.createFile(home.resolve("downloads/new"));
            assertThat(browse.downloads.list().downloads()).isEmpty();

            browse.downloads.forget();

            assertThat(browse.downloads.list().downloads()).hasSize(1);
        }
    }

    private static BrowseSettings filled(Path home) throws IOException {
        var folder = Files.createDirectory(home.resolve("downloads"));
        for (int i = 0; i < MANY; i++) Files.createFile(folder.resolve("download " + i));
        return new BrowseSettings(folder, new PathMap(List.of()));
    }

    private static Set<Browse> askedByMany(BrowseFixture browse, int many) throws Exception {
        var together = new CyclicBarrier(many);
        Callable<Browse> ask = () -> {
            together.await();
            return browse.downloads.list();
        };
        Set<Browse> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer : threads.invokeAll(Collections.nCopies(many, ask))) seen.add(answer.get());
        }
        return seen;
    }
}
