package dev.transpack.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsReaderTest {
    @TempDir
    Path folder;

    @Test
    void theEnvironmentIsStrongerThanTheFileAndOptionsThanBoth() throws Exception {
        var file = Files.writeString(folder.resolve("transpack.yml"), "server:\n  port: 1\n  address: file\n");
        var source = SettingsSource.read(file, Map.of("TRANSPACK_SERVER_PORT", "2", "TRANSPACK_SERVER_ADDRESS", "env"))
                .with(Map.of("server.port", "3"));
        var reader = new SettingsReader(source);
        assertThat(reader.number("server.port", 0, 0, 9)).isEqualTo(3);
        assertThat(reader.text("server.address", "")).isEqualTo("env");
        reader.check();
    }

    @Test
    void everythingWrongIsToldAtOnceWithKeyValueAndRemedy() {
        var reader = new SettingsReader(SettingsSource.of(Map.of(
                "server.port", "many", "upload.part-size", "big", "server.public-url", "ftp://x", "no.such", "1")));
        assertThat(reader.number("server.port", 8080, 0, 65_535)).isEqualTo(8080);
        assertThat(reader.size("upload.part-size", "16m").bytes()).isEqualTo(16 << 20);
        reader.findAddress("server.public-url");
        assertThatThrownBy(reader::check)
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("server.port = many: write a whole number from 0 to 65535")
                .hasMessageContaining("upload.part-size = big: write a size such as 16m")
                .hasMessageContaining("server.public-url = ftp://x: write an address")
                .hasMessageContaining("no.such: no such setting");
    }

    @Test
    void namesUnderAGroupComeFromTheFileAndTheEnvironment() throws Exception {
        var file = Files.writeString(folder.resolve("transpack.yml"), "destinations:\n  home:\n    bucket: a\n");
        var source = SettingsSource.read(file, Map.of("TRANSPACK_DESTINATIONS_OFFICE_ACCESS_KEY", "k"));
        var reader = new SettingsReader(source);
        assertThat(reader.namesUnder("destinations", List.of("bucket", "access-key")))
                .containsExactly("home", "office");
        assertThat(reader.secret("destinations.office.access-key").orElseThrow())
                .hasToString("***");
    }

    @Test
    void theFirstDeploymentsNamesStillWork() {
        var reader = new SettingsReader(SettingsSource.read(
                null,
                Map.of(
                        "TRANSMISSION_DOWNLOAD_DIR", "/srv/downloads/",
                        "TRANSMIT_S3_BUCKET", "old-bucket",
                        "ARCHIVE_SPLIT_SIZE", "500m",
                        "DATABASE_URL", "postgres://me:pw@db:5433/transpack?sslmode=require")));
        assertThat(reader.path("downloads.dir", Path.of("/"))).isEqualTo(Path.of("/srv/downloads"));
        assertThat(reader.text("destinations.s3.bucket", "")).isEqualTo("old-bucket");
        assertThat(reader.size("pack.volume-size", "1m").bytes()).isEqualTo(524_288_000);
        assertThat(reader.text("database.url", "")).isEqualTo("jdbc:postgresql://db:5433/transpack?sslmode=require");
        assertThat(reader.text("database.username", "")).isEqualTo("me");
        assertThat(reader.secret("database.password").orElseThrow().reveal()).isEqualTo("pw");
    }

    @Test
    void aFileThatIsNotYamlIsNamedWithTheLine() throws Exception {
        var file = Files.writeString(folder.resolve("transpack.yml"), "server:\n  port: [1\n");
        assertThatThrownBy(() -> SettingsSource.read(file, Map.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("not YAML at line");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: &x\n  b: *x\n", "a: &x [[*x]]\n", "a: &x {b: c}\nd: *x\n"})
    void aGroupThatStandsForAnotherIsRefused(String written) throws Exception {
        var file = Files.writeString(folder.resolve("transpack.yml"), written);
        assertThatThrownBy(() -> SettingsSource.read(file, Map.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("write every group and list out");
    }

    @Test
    void aValueThatIsNotWhatItsTagSaysIsRefused() throws Exception {
        var file = Files.writeString(folder.resolve("transpack.yml"), "server:\n  port: !!int many\n");
        assertThatThrownBy(() -> SettingsSource.read(file, Map.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("is not what its tag");
    }

    @Test
    void yamlCannotMakeObjects() throws Exception {
        var file = Files.writeString(
                folder.resolve("transpack.yml"), "data-dir: !!java.net.URL [\"http://127.0.0.1:1/\"]\n");
        assertThatThrownBy(() -> SettingsSource.read(file, Map.of())).isInstanceOf(SettingsException.class);
    }

    @Test
    void anUnreadableDatabaseAddressIsRefusedWithoutItsPassword() {
        assertThatThrownBy(() -> SettingsSource.read(null, Map.of("DATABASE_URL", "postgres://me:se cret@db/x")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("DATABASE_URL = ***")
                .hasMessageNotContaining("cret");
    }
}
