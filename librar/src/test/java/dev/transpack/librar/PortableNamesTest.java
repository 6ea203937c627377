package dev.transpack.librar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(240)
class PortableNamesTest {
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");
    private static final String FORBIDDEN = "<>:\"/\\|?*";

    @TempDir
    Path scratch;

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
            What?.mkv       = What_.mkv
            a<b>c:d"e\\f|g*h = a_b_c_d_e_f_g_h
            dot.            = dot_
            dots...         = dots.._
            con             = con_
            CON.txt         = CON_.txt
            aux .tar.gz     = aux_ .tar.gz
            com1            = com1_
            LPT\u00b9.x     = LPT\u00b9_.x
            conout$         = conout$_
            console         = console
            com10           = com10
            .hidden         = .hidden
            caf\u00e9       = caf\u00e9
            cafe\u0301      = cafe\u0301
            """, delimiter = '=')
    void aNameBecomesOneThatEverySystemHolds(String name, String portable) {
        assertThat(names("T/" + name)).containsExactly("T/" + portable);
    }

    @Test
    @Timeout(30)
    void linksThatLeadThroughEachOtherTakeNoTime() {
        var entries = new ArrayList<>(List.of(
                new Entry("T/d", Entry.Kind.DIRECTORY, Path.of("/nowhere"), 0, TIME, 040755, null),
                new Entry("T/l0", Entry.Kind.SYMLINK, Path.of("/nowhere"), 0, TIME, 0120777, "d")));
        for (var i = 1; i < 100; i++) {
            var before = "l" + (i - 1);
            var target = before + "/../" + before + "/../" + before;
            entries.add(new Entry("T/l" + i, Entry.Kind.SYMLINK, Path.of("/nowhere"), 0, TIME, 0120777, target));
        }
        assertThat(PortableNames.of(entries)).isEqualTo(entries);
    }

    @Test
    void aSpaceAtTheEndAndControlCharactersGo() {
        assertThat(names("T/a ", "T/\u0001\n\u007f", "T/ ")).containsExactly("T/a_", "T/___", "T/_");
    }

    @Test
    void namesThatFallTogetherAreToldApartAndTheFirstKeepsItsName() {
        assertThat(names("T/README.txt", "T/Readme.txt", "T/readme.txt", "T/readme (2).txt"))
                .containsExactly("T/README.txt", "T/Readme (3).txt", "T/readme (4).txt", "T/readme (2).txt");
        assertThat(names("T/cafe\u0301", "T/caf\u00e9", "T/CAF\u00c9.tar.gz", "T/caf\u00e9.tar.gz"))
                .containsExactly("T/cafe\u0301", "T/caf\u00e9 (2)", "T/CAF\u00c9.tar.gz", "T/caf\u00e9.tar (2).gz");
        assertThat(names("T/a?b", "T/a*b", "T/a_b")).containsExactly("T/a_b (3)", "T/a_b (2)", "T/a_b");
        assertThat(names("T/Mr. Smith goes?", "T/Mr. Smith goes*", "T/.a", "T/.A"))
                .containsExactly("T/Mr. Smith goes_ (2)", "T/Mr. Smith goes_", "T/.a (2)", "T/.A");
    }

    @Test
    void foldersAreRenamedWithAllThatIsInThem() {
        assertThat(names("T?/Subs/a", "T?/subs/b:", "T?/subs/c/d", "T?/Disc.1/x", "T?/disc.1/y"))
                .containsExactly("T_/Subs/a", "T_/subs (2)/b_", "T_/subs (2)/c/d", "T_/Disc.1/x", "T_/disc.1 (2)/y");
    }

    @Test
    void aLongNameIsCutBeforeItsExtension() {
        var name = "\u00e4".repeat(126) + "???.mkv"; // 259 bytes
        assertThat(names("T/" + name, "T/" + name.replace('?', '*')))
                .containsExactly("T/" + "\u00e4".repeat(123) + " (2).mkv", "T/" + "\u00e4".repeat(125) + ".mkv");
    }

    @Test
    void linksWithinThePackFollow() {
        var names = Map.of(
                "a", "x?/film:.mkv",
                "b", "./x?//../x?/film:.mkv",
                "c", "../T*/x?/",
                "d", "c/film:.mkv",
                "e", "c/../plain",
                "f", "/T*/x?/film:.mkv",
                "g", "../../T*/x?",
                "h", "nothing?",
                "i", "i/x?");
        var entries = new ArrayList<>(List.of(file("T*/x?/film:.mkv"), file("T*/plain")));
        names.keySet().stream().sorted().forEach(name -> entries.add(link("T*/" + name, names.get(name))));
        assertThat(PortableNames.of(entries))
                .filteredOn(entry -> entry.kind() == Entry.Kind.SYMLINK)
                .extracting(Entry::linkTarget)
                .containsExactly(
                        "x_/film_.mkv",
                        "./x_//../x_/film_.mkv",
                        "../T_/x_/",
                        "c/film_.mkv",
                        "c/../plain",
                        "/T*/x?/film:.mkv",
                        "../../T*/x?",
                        "nothing?",
                        "i/x?");
    }

    @Test
    void thePlanKeepsItsSourcesAndSaysWhatItRenamed() throws Exception {
        var folder = awkward();
        var plain = folder.plan(5_000);
        var plan = folder.plan(ArchiveOptions.rar5(5_000).withPortableNames());
        assertThat(plan.sources()).isEqualTo(plain.entries());
        assertThat(plan.entries())
                .extracting(Entry::source)
                .isEqualTo(plain.entries().stream().map(Entry::source).toList());
        assertThat(plan.fingerprint()).isNotEqualTo(plain.fingerprint());
        assertThat(plan.warnings()).contains(new NameWarning("Top/What?.mkv", "is called 'What_.mkv' in the pack"));
        assertThat(plan.warnings()).noneMatch(warning -> warning.problem().startsWith("Windows"));
        plan.verifySources();
    }

    @Test
    void whereNothingIsRenamedThePlanIsTheSame() throws Exception {
        var folder = FolderFixture.awkward(scratch);
        assertThat(folder.plan(ArchiveOptions.rar5(5_000).withPortableNames()).fingerprint())
                .isEqualTo(folder.plan(5_000).fingerprint());
    }

    @ParameterizedTest
    @EnumSource(Extractors.class)
    void whatIsExtractedIsTheRenamedTree(Extractors extractor) throws Exception {
        var folder = awkward();
        var volumes = Packing.write(
                folder.plan(ArchiveOptions.rar5(1_000).withPortableNames()),
                Files.createDirectory(scratch.resolve("v")),
                100);
        assertThat(TreeDiff.between(expected(), extractor.extract(volumes, scratch)))
                .isEmpty();
    }

    @Test
    void aTarAndAZipHoldTheRenamedTreeToo() throws Exception {
        var folder = awkward();
        for (var format : List.of(ArchiveFormat.TAR, ArchiveFormat.ZIP)) {
            var volumes = Files.createDirectory(scratch.resolve(format.name()));
            var file = Packing.write(folder.plan(ArchiveOptions.whole(format).withPortableNames()), volumes, 4_096);
            var out = Files.createDirectory(scratch.resolve(format + " out"));
            Commands.succeed(
                    out,
                    format == ArchiveFormat.TAR
                            ? List.of("tar", "-xpf", file.toString())
                            : List.of("unzip", "-q", file.toString()));
            assertThat(TreeDiff.butForLinkTimes(expected(), out)).isEmpty();
        }
    }

    @Test
    void whateverTreeThereIsEveryNameIsPortableAndNoTwoFallTogether() {
        var random = new Random(2026);
        for (var run = 0; run < 400; run++) {
            var paths = new LinkedHashMap<String, Entry>();
            for (var i = 0; i < 40; i++) {
                grow(paths, random);
            }
            var entries = List.copyOf(paths.values());
            var renamed = PortableNames.of(entries);
            assertPortable(entries, renamed);
            assertThat(PortableNames.of(renamed)).as("again").isEqualTo(renamed);
        }
    }

    private static void assertPortable(List<Entry> entries, List<Entry> renamed) {
        var byNewName = new LinkedHashMap<String, String>();
        var seen = new HashSet<String>();
        for (var i = 0; i < entries.size(); i++) {
            var from = entries.get(i).name().split("/", -1);
            var to = renamed.get(i).name().split("/", -1);
            assertThat(to).hasSameSizeAs(from);
            for (var depth = 1; depth <= from.length; depth++) {
                var source = String.join("/", List.of(from).subList(0, depth));
                var target = String.join("/", List.of(to).subList(0, depth));
                assertThat(byNewName.putIfAbsent(target, source)).isIn(source, null);
                assertHeldEverywhere(to[depth - 1]);
            }
            assertThat(seen.add(PortableName.folded(renamed.get(i).name())))
                    .as(renamed.get(i).name())
                    .isTrue();
        }
        var folded = new HashSet<String>();
        byNewName
                .keySet()
                .forEach(path -> assertThat(folded.add(PortableName.folded(path)))
                        .as(path)
                        .isTrue());
    }

    private static void assertHeldEverywhere(String name) {
        assertThat(name).isNotEmpty().doesNotEndWith(".").doesNotEndWith(" ");
        assertThat(name.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(255);
        assertThat(name.chars()).noneMatch(c -> c < 0x20 || FORBIDDEN.indexOf(c) >= 0);
        assertThat(name).doesNotMatch("(?is)(con|prn|aux|nul|com[0-9]|lpt[0-9]) *(\\..*)?");
    }

    private static void grow(Map<String, Entry> paths, Random random) {
        var path = "T";
        for (var depth = random.nextInt(3); depth >= 0; depth--) {
            if (paths.containsKey(path) && paths.get(path).kind() == Entry.Kind.FILE) {
                return;
            }
            path += "/" + name(random);
        }
        var prefix = path + "/";
        if (paths.keySet().stream().noneMatch(other -> other.startsWith(prefix))) {
            paths.putIfAbsent(path, file(path));
        }
    }

    private static String name(Random random) {
        var pieces = List.of(
                "a",
                "A",
                "b",
                "?",
                "*",
                ":",
                ".",
                " ",
                "con",
                "CON",
                "com1",
                "\u00e9",
                "e\u0301",
                "\u00c9",
                "_",
                " (2)",
                ".txt",
                ".TXT",
                "\uD83D\uDE80",
                "x".repeat(120),
                "\u00df",
                "ss",
                "\n");
        var name = new StringBuilder();
        for (var i = random.nextInt(3); i >= 0; i--) {
            name.append(pieces.get(random.nextInt(pieces.size())));
        }
        return Set.of(".", "..").contains(name.toString()) ? "dots" : name.toString();
    }

    private FolderFixture awkward() throws IOException {
        return tree("Top", "What?.mkv", "Con.txt", "dot.", "Readme", "README", "cafe\u0301", "caf\u00e9", "sub:s/a|b");
    }

    private Path expected() throws IOException {
        var all = Files.createDirectories(scratch.resolve("expected"));
        if (Files.notExists(all.resolve("Top"))) {
            tree(
                    "expected/Top",
                    "What_.mkv",
                    "Con_.txt",
                    "dot_",
                    "Readme (2)",
                    "README",
                    "cafe\u0301",
                    "caf\u00e9 (2)",
                    "sub_s/a_b");
        }
        return all;
    }

    /// The same content, modes and times whatever the names are.
    private FolderFixture tree(String top, String... names) throws IOException {
        var folder =
                FolderFixture.in(Objects.requireNonNull(scratch.resolve(top).getParent()), "Top");
        for (var i = 0; i < names.length; i++) {
            folder.file(names[i], ("content " + i).repeat(100).getBytes(StandardCharsets.UTF_8));
            folder.modified(names[i], TIME.plusSeconds(i));
        }
        var deepest = names[names.length - 1];
        var in = deepest.substring(0, deepest.indexOf('/'));
        folder.link("link", deepest).modified("link", TIME);
        folder.link(in + "/back", "./" + deepest.substring(in.length() + 1)).modified(in + "/back", TIME);
        return folder.modified(in, TIME).modified("", TIME);
    }

    private static List<String> names(String... names) {
        var entries = new ArrayList<Entry>();
        for (var name : names) {
            entries.add(file(name));
        }
        return PortableNames.of(entries).stream().map(Entry::name).toList();
    }

    private static Entry file(String name) {
        return entry(name, Entry.Kind.FILE, null);
    }

    private static Entry link(String name, String target) {
        return entry(name, Entry.Kind.SYMLINK, target);
    }

    private static Entry entry(String name, Entry.Kind kind, @Nullable String target) {
        return new Entry(name, kind, Path.of("/nowhere"), 0, TIME, 0100644, target);
    }
}
