package dev.transpack.librar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Any range of any volume is what the stream of parts gives there.
class RangeReaderTest {
    private static final int RANGES = 300;

    @TempDir
    Path scratch;

    @ParameterizedTest
    @MethodSource("dev.transpack.librar.EveryFormatTest#options")
    void anyRangeOfAnyVolumeIsWhatTheStreamGives(ArchiveOptions options) throws Exception {
        var plan = FolderFixture.awkward(scratch).plan(options);
        var expected = Packing.volumes(Packing.produce(plan, 2048, PartLedger.empty()));
        var random = new Random(options.volumeSize());

        try (var reader = new RangeReader(plan)) {
            for (var i = 0; i < RANGES; i++) {
                var volume = random.nextInt(expected.size());
                var bytes = expected.get(volume);
                var from = random.nextInt(bytes.length);
                var length = 1 + random.nextInt(bytes.length);
                var target = ByteBuffer.allocate(length);

                var read = reader.read(volume, from, target);

                assertThat(read).isEqualTo(Math.min(length, bytes.length - from));
                assertThat(Arrays.copyOf(target.array(), read)).isEqualTo(Arrays.copyOfRange(bytes, from, from + read));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.transpack.librar.EveryFormatTest#options")
    void aWholeVolumeIsAStream(ArchiveOptions options) throws Exception {
        var plan = FolderFixture.awkward(scratch).plan(options);
        var expected = Packing.volumes(Packing.produce(plan, 2048, PartLedger.empty()));

        try (var reader = new RangeReader(plan)) {
            for (var i = expected.size() - 1; i >= 0; i--) {
                assertThat(reader.volume(i).readAllBytes()).isEqualTo(expected.get(i));
            }
        }
    }

    @Test
    void behindAStreamNothingIsReadForItsChecksum() throws Exception {
        var folder = FolderFixture.awkward(scratch);
        var plan = folder.plan(300);
        try (var stream = new PartStream(plan, 300, PartLedger.empty(), 3)) {
            var expected = Packing.volumes(Packing.drain(stream));
            // Whoever read the file for its checksum would find it changed.
            Files.writeString(folder.path("a-big"), "another");
            var last = expected.size() - 1;

            try (var reader = stream.rangeReader()) {
                var target = ByteBuffer.allocate(expected.getFirst().length);
                assertThat(reader.volume(last).readAllBytes()).isEqualTo(expected.get(last));
                reader.read(1, 0, target.limit(60));
                assertThat(Arrays.copyOf(target.array(), 60)).isEqualTo(Arrays.copyOf(expected.get(1), 60));
            }
        }
    }

    @Test
    void aSourceThatChangedIsRefusedByName() throws Exception {
        var folder = FolderFixture.awkward(scratch);
        var plan = folder.plan(300);
        folder.modified("a-big", Instant.EPOCH);

        try (var reader = new RangeReader(plan)) {
            assertThatThrownBy(() -> reader.volume(0).readAllBytes())
                    .isInstanceOf(ArchiveException.class)
                    .hasMessageContaining("a-big");
        }
    }

    @Test
    void aVolumeEndsWhereItEnds() throws Exception {
        var plan = FolderFixture.awkward(scratch).plan(400);
        var length = plan.volumes().getFirst().length();

        try (var reader = new RangeReader(plan)) {
            assertThat(reader.read(0, length, ByteBuffer.allocate(5))).isEqualTo(-1);
            assertThatThrownBy(() -> reader.read(0, -1, ByteBuffer.allocate(5)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(reader.read(0, length - 2, ByteBuffer.allocate(5))).isEqualTo(2);
            assertThat(List.of(reader.volume(0).skip(length))).containsExactly(length);
        }
    }
}
