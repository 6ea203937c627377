package dev.transpack.packing;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Patterns to leave out that have a name, because many leave out the same.
public enum ExcludePreset {
    /// The samples of video releases: folders of that name, and videos with that word in their names, in any case.
    SAMPLES,
    /// What systems and programs leave behind, and what was never finished.
    JUNK;

    /// The preset that somebody wrote.
    ///
    /// @throws IllegalArgumentException in a sentence, when there is none of that name
    public static ExcludePreset of(String word) {
        for (var preset : values()) if (preset.word().equalsIgnoreCase(word.strip())) return preset;
        var known = Arrays.stream(values()).map(ExcludePreset::word).collect(Collectors.joining(", "));
        throw new IllegalArgumentException("There is no preset '" + word + "': write one of " + known + ".");
    }

    /// As it is written in requests and commands: `samples`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// What it leaves out.
    public List<String> patterns() {
        return switch (this) {
            case SAMPLES -> samples().toList();
            case JUNK -> junk().toList();
        };
    }

    /// "Sample" as a word of its own: `a.sample.mkv`, `sample-a.mkv`, not `resampled.mkv`.
    private static Stream<String> samples() {
        var word = anyCase("sample");
        var end = "[-._ ]";
        var videos = Stream.of(
                        "avi", "flv", "m2ts", "m4v", "mkv", "mov", "mp4", "mpeg", "mpg", "ts", "vob", "webm", "wmv")
                .map(ending -> "." + anyCase(ending));
        var names = List.of(word, word + end + "*", "*" + end + word, "*" + end + word + end + "*");
        return Stream.concat(
                Stream.of(word + "/"), videos.flatMap(video -> names.stream().map(name -> name + video)));
    }

    private static Stream<String> junk() {
        var systems = Stream.of(
                // macOS
                ".DS_Store",
                "._*",
                ".AppleDouble/",
                ".Spotlight-V100/",
                ".Trashes/",
                ".fseventsd/",
                ".TemporaryItems/",
                "__MACOSX/",
                // Windows
                anyCase("thumbs.db"),
                anyCase("ehthumbs.db"),
                anyCase("desktop.ini"),
                "$RECYCLE.BIN/",
                "System Volume Information/",
                // Linux, NFS, FUSE, KDE, and the boxes of Synology
                ".directory",
                ".nfs*",
                ".fuse_hidden*",
                ".Trash-*/",
                "lost+found/",
                "@eaDir/",
                "#recycle/");
        // of torrents (BEP 47 fills gaps with padding) and of programs that fetch files
        var fetched = Stream.of("*.part", "*.aria2", "*.crdownload", "*.!qB", ".pad/", "_____padding_file_*");
        return Stream.concat(systems, fetched);
    }

    private static String anyCase(String word) {
        return word.codePoints()
                .mapToObj(Character::toString)
                .map(c -> c.equals(c.toUpperCase(Locale.ROOT)) ? c : "[" + c.toUpperCase(Locale.ROOT) + c + "]")
                .collect(Collectors.joining());
    }
}
