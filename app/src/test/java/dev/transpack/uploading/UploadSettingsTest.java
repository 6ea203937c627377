package dev.transpack.uploading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.transpack.librar.ArchiveFormat;
import dev.transpack.librar.ArchiveOptions;
import dev.transpack.librar.ArchivePlan;
import dev.transpack.librar.Entry;
import dev.transpack.settings.ByteSize;
import dev.transpack.settings.SettingsException;
import dev.transpack.settings.SettingsReader;
import dev.transpack.settings.SettingsSource;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every key is read, what is wrong is said, and part sizes keep within ten thousand parts.
class UploadSettingsTest {

    @Test
    void nothingSetMeansTheDocumentedDefaults() {
        var settings = reader(Map.of());
        assertThat(UploadSettings.read(settings)).isEqualTo(new UploadSettings(16 << 20, 4, 0, RateRules.UNLIMITED));
        var destinations = Destinations.read(settings);
        assertThat(destinations.standard()).isEmpty();
        assertThat(destinations.names()).containsExactly("box");
        assertThat(destinations.standardName()).isEqualTo(destinations.box()).contains("box");
        settings.check();
    }

    @Test
    void thisBoxIsADestinationBesideABucketWhenItIsAskedFor() {
        var bucket = Map.of("destinations.a.bucket", "bucket");
        var alone = Destinations.read(reader(bucket));
        assertThat(alone.names()).containsExactly("a");
        assertThat(alone.box()).isEmpty();

        var both = new java.util.HashMap<>(bucket);
        both.put("destinations.here.type", "box");
        both.put("destinations.a.default", "true");
        var settings = reader(both);
        var destinations = Destinations.read(settings);
        settings.check();
        assertThat(destinations.names()).containsExactly("a", "here");
        assertThat(destinations.box()).contains("here");
        assertThat(destinations.standardName()).contains("a");
    }

    @Test
    void aBoxHasNoBucketAndIsOne() {
        var bucket = reader(Map.of("destinations.here.type", "box", "destinations.here.bucket", "bucket"));
        Destinations.read(bucket);
        assertThatThrownBy(bucket::check).hasMessageContaining("destinations.here.bucket");

        var two = reader(Map.of("destinations.a.type", "box", "destinations.b.type", "box"));
        Destinations.read(two);
        assertThatThrownBy(two::check).hasMessageContaining("only one destination can be this box");
    }

    @Test
    void everyKeyIsRead() {
        var settings = reader(Map.ofEntries(
                Map.entry("upload.part-size", "8m"),
                Map.entry("upload.parts-in-flight", "2"),
                Map.entry("upload.readers", "3"),
                Map.entry("upload.rate-limit", "10m"),
                Map.entry("upload.timetable", "mon-fri 8:00-18:00 1m"),
                Map.entry("destinations.box.type", "s3"),
                Map.entry("destinations.box.endpoint", "https://s3.example.org"),
                Map.entry("destinations.box.public-endpoint", "https://files.example.org"),
                Map.entry("destinations.box.region", "eu-west-1"),
                Map.entry("destinations.box.bucket", "my-bucket"),
                Map.entry("destinations.box.prefix", "/a/b/"),
                Map.entry("destinations.box.path-style", "false"),
                Map.entry("destinations.box.access-key", "AK"),
                Map.entry("destinations.box.secret-key", "very secret"),
                Map.entry("destinations.box.storage-class", "STANDARD_IA"),
                Map.entry("destinations.box.sse", "aws:kms:key-1"),
                Map.entry("destinations.box.quota", "500g")));

        assertThat(UploadSettings.read(settings))
                .isEqualTo(
                        new UploadSettings(8 << 20, 2, 3, RateRules.parse("10m", List.of("mon-fri 08:00-18:00 1m"))));
        var box = Destinations.read(settings).standard().orElseThrow();
        settings.check();
        assertThat(box.bucket()).isEqualTo("my-bucket");
        assertThat(box.address())
                .isEqualTo(new DestinationSettings.Address(
                        URI.create("https://s3.example.org"),
                        URI.create("https://files.example.org"),
                        "eu-west-1",
                        false));
        assertThat(box.keys()).isNotNull();
        assertThat(box.storage())
                .isEqualTo(new DestinationSettings.Storage("STANDARD_IA", "aws:kms:key-1", ByteSize.parse("500g")));
        assertThat(box.toString()).doesNotContain("very secret");
    }

    @Test
    void aQuotaOfNothingIsRefused() {
        var settings = reader(Map.of("destinations.a.bucket", "bucket", "destinations.a.quota", "0"));
        Destinations.read(settings);
        assertThatThrownBy(settings::check).hasMessageContaining("destinations.a.quota = 0: write a size such as 500g");
    }

    @Test
    void anEndpointOfOnesOwnMeansPathStyle() {
        var settings =
                reader(Map.of("destinations.a.bucket", "bucket", "destinations.a.endpoint", "http://127.0.0.1:9000"));
        assertThat(Destinations.read(settings)
                        .standard()
                        .orElseThrow()
                        .address()
                        .pathStyle())
                .isTrue();
    }

    @Test
    void oneOfSeveralDestinationsIsMarked() {
        var two = Map.of("destinations.a.bucket", "aaa", "destinations.b.bucket", "bbb");
        var unmarked = reader(two);
        Destinations.read(unmarked);
        assertThatThrownBy(unmarked::check)
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("default: true");

        var marked = new java.util.HashMap<>(two);
        marked.put("destinations.b.default", "true");
        assertThat(Destinations.read(reader(marked)).standard().orElseThrow().name())
                .isEqualTo("b");
    }

    @ParameterizedTest
    @CsvSource({
        "upload.part-size, 4m",
        "upload.part-size, 2g",
        "upload.parts-in-flight, 0",
        "upload.readers, 17",
        "upload.rate-limit, 5",
        "destinations.a.type, ftp",
        "destinations.a.bucket, no/bucket",
        "destinations.a.endpoint, nowhere",
        "destinations.a.prefix, a/../b",
        "destinations.a.sse, rot13",
        "destinations.a.access-key, AK"
    })
    void whatIsWrongIsSaid(String key, String value) {
        var values = new java.util.HashMap<>(Map.of("destinations.a.bucket", "bucket"));
        values.put(key, value);
        var settings = reader(values);
        UploadSettings.read(settings);
        Destinations.read(settings);

        assertThatThrownBy(settings::check)
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(key.equals("destinations.a.access-key") ? "destinations.a.secret-key" : key);
    }

    @Test
    void partsOnTheirWayFitIntoMemory() {
        var tooMuch = reader(Map.of("upload.part-size", "128m", "upload.parts-in-flight", "16"));
        assertThat(UploadSettings.read(tooMuch).partsInFlight()).isEqualTo(5);
        assertThatThrownBy(tooMuch::check).hasMessageContaining("write 5 or less");
        assertThat(UploadSettings.withinMemory(4, 16 << 20)).isEqualTo(4);
        assertThat(UploadSettings.withinMemory(4, 1 << 30)).isEqualTo(1);
    }

    @Test
    void partsGrowSoThatTenThousandSuffice() {
        var settings = UploadSettings.DEFAULTS;
        assertThat(settings.partSizeFor(500L << 20)).isEqualTo(16 << 20);
        assertThat(settings.partSizeFor(10_000L * (16 << 20))).isEqualTo(16 << 20);
        for (var size = 10_000L * (16 << 20) + 1; size < 5L << 40; size = size * 3 / 2) {
            var part = settings.partSizeFor(size);
            assertThat(Math.ceilDiv(size, part)).isLessThanOrEqualTo(10_000);
            assertThat(part % (1 << 20)).isZero();
        }
    }

    @Test
    void anObjectLargerThanAnyServiceHoldsIsRefusedBeforeItBegins() throws Exception {
        var huge = new Entry("disk.img", Entry.Kind.FILE, Path.of("disk.img"), 6L << 40, Instant.EPOCH, 0100644, null);
        var whole = ArchivePlan.of("disk", List.of(huge), ArchiveOptions.whole(ArchiveFormat.TAR));
        assertThatThrownBy(() -> UploadSettings.DEFAULTS.partSizeFor(whole))
                .hasMessageContaining("'disk.tar' would be larger than the 5 TiB")
                .hasMessageContaining("choose a volume size");
        var split = ArchivePlan.of("disk", List.of(huge), new ArchiveOptions(ArchiveFormat.TAR, 1L << 40));
        assertThat(UploadSettings.DEFAULTS.partSizeFor(split)).isPositive();
    }

    private static SettingsReader reader(Map<String, String> values) {
        return new SettingsReader(SettingsSource.of(values));
    }
}
