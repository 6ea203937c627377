package dev.transpack.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// A download folder as people have them, odd names included. The contents are key streams: incompressible, and
/// the same on every machine.
public final class SampleDownloads {
    private static final int MIB = 1 << 20;
    private static final Instant FINISHED = Instant.parse("2026-11-21T20:15:00Z");

    private final Path folder;

    private SampleDownloads(Path folder) {
        this.folder = folder;
    }

    /// Makes them below this folder, about 300 MB.
    public static SampleDownloads create(Path folder) throws IOException {
        var samples = new SampleDownloads(Files.createDirectories(folder));
        samples.movie();
        samples.season();
        samples.oddNames();
        samples.file("Loose notes (2026).pdf", 3 * MIB + 17);
        samples.file("ubuntu-26.10-live-server-amd64.iso", 48 * MIB);
        return samples;
    }

    /// Those that stand for torrents; the others are loose files. Transmission 3.00 changes names like the odd ones
    /// here,
    /// and would never find them complete.
    public List<String> torrents() {
        return List.of("Open.Movie.2026.2160p", "Some.Show.S01", "ubuntu-26.10-live-server-amd64.iso");
    }

    /// The one that is sent at the start.
    public String first() {
        return "Open.Movie.2026.2160p";
    }

    private void movie() throws IOException {
        file("Open.Movie.2026.2160p/Open.Movie.2026.2160p.mkv", 96 * MIB + 12_345);
        file("Open.Movie.2026.2160p/Sample/sample.mkv", 4 * MIB + 1);
        file("Open.Movie.2026.2160p/Open.Movie.nfo", 2_417);
    }

    private void season() throws IOException {
        for (var episode = 1; episode <= 6; episode++)
            file("Some.Show.S01/Some.Show.S01E0%d.1080p.mkv".formatted(episode), 18 * MIB + episode);
    }

    private void oddNames() throws IOException {
        var names = List.of(
                "été à la plage.jpg",
                "日本語のファイル.txt",
                "emoji 😀🎬.mp3",
                "say \"hi\".txt",
                "50% off; $HOME `tick`.nfo",
                "<img src=x onerror=alert(1)>.html",
                "русский текст.srt",
                "x".repeat(200) + ".dat");
        for (var name : names) file("Odd & ends 'n names/" + name, 64 * 1024 + name.length());
        file("Odd & ends 'n names/zero.bin", 0);
    }

    private void file(String name, long size) throws IOException {
        var path = folder.resolve(name);
        Files.createDirectories(path.getParent());
        try (var out = Files.newOutputStream(path)) {
            write(out, name, size);
        }
        Files.setLastModifiedTime(path, FileTime.from(FINISHED));
    }

    private static void write(OutputStream out, String label, long size) throws IOException {
        var cipher = keyStream(label);
        var zeros = new byte[MIB];
        var stream = new byte[MIB];
        try {
            for (var left = size; left > 0; left -= MIB) {
                var length = cipher.update(zeros, 0, (int) Math.min(left, MIB), stream);
                out.write(stream, 0, length);
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Cipher keyStream(String label) {
        try {
            var key = MessageDigest.getInstance("SHA-256").digest(label.getBytes(StandardCharsets.UTF_8));
            var cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(new byte[16]));
            return cipher;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
