package dev.transpack.database;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteDataSource;

/// A backup as a file: a SQLite database, and behind it a line with the SHA-256 of all that comes before. SQLite counts
/// its pages by the header and leaves alone what follows them (sqlite.org/fileformat2, 1.3.7).
record BackupFile(Path path) {
    /// `Tpbk` where a SQLite file says whose it is (sqlite.org/fileformat2, 1.3).
    private static final int APPLICATION = 0x5470626b;
    private static final int APPLICATION_OFFSET = 68;
    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    private static final String SEAL = "\ntranspack backup, SHA-256 ";
    private static final int SEAL_LENGTH = SEAL.length() + 64 + 1;

    /// For writing: without a journal on the disk, since a file that is not finished is not kept.
    DataSource writing() {
        var config = new SQLiteConfig();
        config.setJournalMode(JournalMode.MEMORY);
        config.setSynchronous(SynchronousMode.OFF);
        return source(config, "");
    }

    /// For reading only: SQLite makes nothing beside it.
    DataSource reading() {
        var config = new SQLiteConfig();
        config.setReadOnly(true);
        return source(config, "?immutable=1");
    }

    private DataSource source(SQLiteConfig config, String how) {
        var source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:file:" + path.toAbsolutePath().toUri().getRawPath() + how);
        return source;
    }

    /// Says in the file whose it is.
    static void mark(Connection sqlite) throws SQLException {
        try (var statement = sqlite.createStatement()) {
            statement.execute("pragma application_id = " + APPLICATION);
        }
    }

    /// Ends the file, and returns when it is on the disk.
    void seal() throws IOException {
        try (var channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            var line = ByteBuffer.wrap(line(channel, channel.size()));
            channel.position(channel.size());
            while (line.hasRemaining()) channel.write(line);
            channel.force(true);
        }
    }

    /// @throws BackupException when it is no backup, or not what was sealed
    void requireWhole() throws IOException {
        if (!Files.isRegularFile(path))
            throw new BackupException("There is no file " + path + ": name one that 'transpack backup create' made.");
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            if (!isOurs(channel))
                throw new BackupException(
                        path + " is no backup of Transpack: name a file that 'transpack backup create' made.");
            var end = channel.size() - SEAL_LENGTH;
            if (end < 0 || !matches(channel, end)) throw damaged("its checksum is not the one of its contents");
        }
    }

    BackupException damaged(String why) {
        return new BackupException(path + " is damaged (" + why + "): take another copy or an older backup.");
    }

    private static boolean isOurs(FileChannel channel) throws IOException {
        var start = ByteBuffer.allocate(APPLICATION_OFFSET + Integer.BYTES);
        while (start.hasRemaining() && channel.read(start) >= 0) {}
        return !start.hasRemaining()
                && start.flip().slice(0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC))
                && start.getInt(APPLICATION_OFFSET) == APPLICATION;
    }

    private static boolean matches(FileChannel channel, long end) throws IOException {
        var sealed = ByteBuffer.allocate(SEAL_LENGTH);
        while (sealed.hasRemaining() && channel.read(sealed, end + sealed.position()) >= 0) {}
        return MessageDigest.isEqual(sealed.array(), line(channel, end));
    }

    private static byte[] line(FileChannel channel, long end) throws IOException {
        var digest = sha256();
        var buffer = ByteBuffer.allocate(1 << 16);
        for (var at = 0L; at < end; at += buffer.position()) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), end - at));
            if (channel.read(buffer, at) < 0) break;
            digest.update(buffer.array(), 0, buffer.position());
        }
        return (SEAL + HexFormat.of().formatHex(digest.digest()) + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
