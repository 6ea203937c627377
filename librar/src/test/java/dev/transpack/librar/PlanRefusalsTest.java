package dev.transpack.librar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a plan refuses, to the byte and the second: what is just within is planned.
class PlanRefusalsTest {
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");

    @Test
    void aFileThatIsStoredAsItIsHasANameThatFitsInAKey() throws Exception {
        assertThatCode(() -> asItIs("n".repeat(850))).doesNotThrowAnyException();
        refuses(() -> asItIs("n".repeat(851)), "'nnn", "850 bytes", "choose an archive");
        refuses(() -> asItIs("\u00e9".repeat(426)), "850 bytes");
        refuses(() -> asItIs("a\tb"), "'a\tb'", "control character", "choose an archive");
    }

    @Test
    void aZipHidesContentsOnly() {
        refuses(() -> zip("p", Encryption.Scope.EVERYTHING), "cannot hide names", "choose rar");
        refuses(() -> zip("p".repeat(Password.LONGEST_FOR_ZIP + 1), Encryption.Scope.CONTENTS), "choose a shorter one");
        assertThatCode(() -> zip("p".repeat(Password.LONGEST_FOR_ZIP), Encryption.Scope.CONTENTS))
                .doesNotThrowAnyException();
    }

    @Test
    void halfACharacterIsRefusedInNamesAndInLinks() {
        refuses(() -> rar(file("a\ud83d")), "'a", "UTF-8", "rename it");
        refuses(() -> rar(link("l", "to\ude80there")), "'l'", "UTF-8");
        refuses(() -> rar(link("l", "to\ud83d")), "'l'", "UTF-8");
        refuses(() -> rar(link("l", "to\u0000there")), "'l'", "UTF-8");
        assertThatCode(() -> rar(link("l", "to\ud83d\ude80"))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "-11644473600, true, 1",
        "-11644473601, false, 1",
        "-11644473599, true, 10000000",
        "910692730084, true, 9223372036840000000",
        "910692730085, false, 9223372036854775807"
    })
    void aTimeIsKeptAsFarAsAFiletimeGoes(long second, boolean held, long fileTime) {
        var time = Instant.ofEpochSecond(second);
        assertThat(Rar5Time.holds(time)).isEqualTo(held);
        assertThat(Rar5Time.fileTime(time)).isEqualTo(fileTime);
    }

    private static void asItIs(String name) throws ArchiveException {
        ArchivePlan.of("p", List.of(file(name)), ArchiveOptions.whole(ArchiveFormat.FILES));
    }

    private static void zip(String password, Encryption.Scope scope) throws ArchiveException {
        var encryption = new Encryption(new Password(password), Encryption.freshSeed(), scope);
        ArchivePlan.of(
                "p", List.of(file("a")), ArchiveOptions.whole(ArchiveFormat.ZIP).encrypted(encryption));
    }

    private static void rar(Entry entry) throws ArchiveException {
        ArchivePlan.of("p", List.of(entry), ArchiveOptions.rar5(10_000));
    }

    private static Entry file(String name) {
        return entry(name, Entry.Kind.FILE, 1, 0100644, null);
    }

    private static Entry link(String name, String target) {
        return entry(name, Entry.Kind.SYMLINK, 0, 0120777, target);
    }

    private static Entry entry(String name, Entry.Kind kind, long size, int mode, @Nullable String target) {
        return new Entry(name, kind, Path.of("/x"), size, TIME, mode, target);
    }

    private static void refuses(ThrowingCallable planning, String... words) {
        assertThatThrownBy(planning).isInstanceOfSatisfying(ArchiveException.class, e -> {
            assertThat(e.kind()).isEqualTo(ArchiveException.Kind.REFUSED);
            assertThat(e).hasMessageContainingAll(words);
        });
    }
}
