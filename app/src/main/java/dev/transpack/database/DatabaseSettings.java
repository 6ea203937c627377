package dev.transpack.database;

import dev.transpack.settings.Secret;
import dev.transpack.settings.SettingsReader;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Where the database is. `url` is `jdbc:sqlite:<file>` or `jdbc:postgresql://host/name`.
public record DatabaseSettings(String url, String username, Secret password) {
    private static final String SQLITE = "jdbc:sqlite:";
    private static final String FILE = "transpack.db";

    /// Reads `database.*`; SQLite in the data directory when nothing is set.
    public static DatabaseSettings read(SettingsReader reader, Path dataDir) {
        var url = reader.text("database.url", SQLITE + dataDir.resolve(FILE));
        if (!url.startsWith(SQLITE) && !url.startsWith("jdbc:postgresql:"))
            reader.problem(
                    "database.url",
                    url.replaceAll("[/?].*@|\\?.*", "***"),
                    "write jdbc:sqlite:<file> or jdbc:postgresql://host/name");
        return new DatabaseSettings(
                url,
                reader.text("database.username", ""),
                reader.secret("database.password").orElse(new Secret("")));
    }

    /// A SQLite database in this file.
    public static DatabaseSettings file(Path file) {
        return new DatabaseSettings(SQLITE + file, "", new Secret(""));
    }

    /// Where it is, for people: without what follows a `?`, which may hold a password.
    String place() {
        return url.replaceAll("\\?.*", "");
    }

    /// What names the folder of the file: whoever called the file otherwise did so with `database.url`.
    String setting() {
        return sqliteFile().endsWith(FILE) ? "data-dir" : "database.url";
    }

    /// Whether it is a file on this machine, which no other machine can use.
    public boolean isSqlite() {
        return url.startsWith(SQLITE);
    }

    /// Where the file lies.
    public Path folder() {
        var file = sqliteFile();
        return file.getParent() == null ? file : file.getParent();
    }

    Path sqliteFile() {
        return Path.of(url.substring(SQLITE.length())).toAbsolutePath();
    }

    /// The same with what SQLite keeps beside it.
    List<Path> sqliteFiles() {
        var file = sqliteFile();
        return Stream.of("", "-wal", "-shm")
                .map(end -> file.resolveSibling(file.getFileName() + end))
                .toList();
    }
}
