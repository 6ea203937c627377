package dev.transpack.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.transpack.librar.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RarDirectoryTest {
    @TempDir
    Path home;

    @Test
    void halfASetIsTakenBack() throws IOException {
        var made = Files.createDirectory(home.resolve("made"));
        var out = Files.createDirectory(home.resolve("out"));
        Files.writeString(made.resolve("Film.part1.rar"), "a volume");
        var volumes = List.of(volume(0, "Film.part1.rar"), volume(1, "Film.part2.rar"));

        assertThatThrownBy(() -> RarDirectory.move(made, out, volumes)).isInstanceOf(NoSuchFileException.class);
        assertThat(out).isEmptyDirectory();
    }

    @Test
    void aFolderInTheSourceIsRefusedByWhateverName() throws IOException {
        var source = Files.createDirectory(home.resolve("Film"));
        var link = Files.createSymbolicLink(home.resolve("link"), source);

        for (var inside : List.of(source, source.resolve("new/out"), link.resolve("out"), home.resolve("a/../Film")))
            assertThatThrownBy(() -> RarDirectory.requireOutside(inside, source))
                    .hasMessageContaining("lies in what is packed: set --output to a folder outside of it");
        for (var outside : List.of(home, home.resolve("Film 2"), source.resolve("new/../../out")))
            assertThatCode(() -> RarDirectory.requireOutside(outside, source)).doesNotThrowAnyException();
    }

    private static Volume volume(int index, String name) {
        return new Volume(index, name, 8);
    }
}
