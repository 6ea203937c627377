package dev.transpack.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.transpack.browse.BrowseSettings;
import dev.transpack.browse.NamedRoots;
import dev.transpack.browse.PathMap;
import dev.transpack.fixtures.Folders;
import dev.transpack.fixtures.PackRow;
import dev.transpack.fixtures.SentPacks;
import dev.transpack.librar.ArchiveException;
import dev.transpack.nodes.Machine;
import dev.transpack.uploading.BoxRows;
import dev.transpack.uploading.RateLimit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoxPacksTest {
    /// What cannot be served there is no reason for anybody to send the download again.
    @Test
    void aNodeWhoseMountHasDroppedNotesNothingOnThePack(@TempDir Path home) throws Exception {
        var film = Folders.film(home.resolve("downloads"), "Film");
        var share = Files.createDirectory(home.resolve("share"));
        try (var sent = new SentPacks(Files.createDirectory(home.resolve("data")))) {
            var id = sent.planned(PackRow.of("Film", film));
            sent.database()
                    .writes()
                    .sql("update packs set state = 'READY', on_box = ?, root = 'nas', root_folder = ? where id = ?")
                    .params(true, film.getParent().toString(), id)
                    .update();
            var boxes = boxes(sent, share);

            assertThat(boxes.isHere(sent.get(id))).isFalse();
            assertThatThrownBy(() -> boxes.open(sent.get(id), 0)).isInstanceOf(ArchiveException.class);
            assertThat(sent.get(id).error()).isNull();

            Files.createFile(share.resolve("something"));
            assertThat(boxes.isHere(sent.get(id))).isTrue();
            assertThatThrownBy(() -> boxes.open(sent.get(id), 0)).isInstanceOf(ArchiveException.class);
            assertThat(sent.get(id).error()).startsWith("It cannot be fetched: ");
        }
    }

    private static BoxPacks boxes(SentPacks sent, Path share) {
        var shared = List.of(new BrowseSettings.Shared("nas", share));
        var roots =
                new NamedRoots(new BrowseSettings(share, new PathMap(List.of()), shared), new Machine("box", false));
        var rows = new BoxRows(sent.database());
        return new BoxPacks(sent.packs(), sent.planning(), rows, new RateLimit(null), sent.clock(), roots);
    }
}
