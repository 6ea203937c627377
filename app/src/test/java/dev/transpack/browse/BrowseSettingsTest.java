package dev.transpack.browse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.transpack.settings.SettingsReader;
import dev.transpack.settings.SettingsSource;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BrowseSettingsTest {
    @Test
    void withoutSettingsTransmissionsFolderIsTaken() {
        var settings = BrowseSettings.read(reader(Map.of()));

        assertThat(settings.dir()).isNull();
        assertThat(settings.pathMap().toLocal("/downloads/film")).contains(Path.of("/downloads/film"));
    }

    @Test
    void theLongestMappingWins() {
        var settings = BrowseSettings.read(reader(Map.of(
                "downloads.dir", "/mnt/box",
                "downloads.path-map", "/data=/mnt/box, /data/tv/=/mnt/tv, C:/done=/mnt/done")));

        assertThat(settings.dir()).isEqualTo(Path.of("/mnt/box"));
        var map = settings.pathMap();
        assertThat(map.toLocal("/data")).contains(Path.of("/mnt/box"));
        assertThat(map.toLocal("/data/a")).contains(Path.of("/mnt/box/a"));
        assertThat(map.toLocal("/data/tv/b")).contains(Path.of("/mnt/tv/b"));
        assertThat(map.toLocal("/database")).contains(Path.of("/database"));
        assertThat(map.toLocal("C:/done/x")).contains(Path.of("/mnt/done/x"));
    }

    @Test
    void whatCannotBeAPathHereIsNone() {
        var map = BrowseSettings.read(reader(Map.of("downloads.path-map", "/data=/mnt/box")))
                .pathMap();

        assertThat(map.toLocal("D:/films")).isEmpty();
        assertThat(map.toLocal("")).isEmpty();
        assertThat(map.toLocal("/data/\0")).isEmpty();
    }

    @Test
    void everyWrongMappingIsSaid() {
        var reader = reader(Map.of("downloads.path-map", "/data,data=/mnt,/data=mnt,/ok=/mnt"));
        BrowseSettings.read(reader);

        assertThatThrownBy(reader::check)
                .hasMessageContaining("downloads.path-map = /data: write")
                .hasMessageContaining("downloads.path-map = data=/mnt: write")
                .hasMessageContaining("downloads.path-map = /data=mnt: write")
                .hasMessageNotContaining("/ok");
    }

    @Test
    void everyWrongSharedFolderIsSaid() {
        var reader = reader(Map.of("downloads.shared", "nas=/mnt/nas,/mnt/usb,=/mnt/x,usb=mnt"));
        var shared = BrowseSettings.read(reader).shared();

        assertThat(shared).containsExactly(new BrowseSettings.Shared("nas", Path.of("/mnt/nas")));
        assertThatThrownBy(reader::check)
                .hasMessageContaining("downloads.shared = /mnt/usb: write <a name>=")
                .hasMessageContaining("downloads.shared = =/mnt/x: write")
                .hasMessageContaining("downloads.shared = usb=mnt: write");
    }

    private static SettingsReader reader(Map<String, String> values) {
        return new SettingsReader(SettingsSource.of(values));
    }
}
