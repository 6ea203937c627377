package dev.transpack.accounts;

import dev.transpack.settings.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;

/// `cli-token` in the data directory: an administrator's token that only this user can read, so that commands on the
/// same machine reach the server without being set up.
public final class LocalToken {
    private final Path file;

    public LocalToken(Path dataDir) {
        this.file = dataDir.resolve("cli-token");
    }

    /// The token, if the server has written one that this user may read.
    public Optional<Secret> read() {
        try {
            return Optional.of(Files.readString(file).strip())
                    .filter(text -> !text.isEmpty())
                    .map(Secret::new);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Writes a token when there is none, or one that no longer works. Those it replaces are revoked.
    ///
    /// @param node whose token it is: nodes that share a database have one each
    public void ensure(Accounts accounts, ApiTokens tokens, String node) {
        if (read().flatMap(text -> tokens.account(text.reveal()))
                .filter(Account::isAdministrator)
                .isPresent()) return;
        var name = "commands on " + node;
        var short100 = name.length() > 100 ? name.substring(0, 100) : name;
        tokens.list().stream()
                .filter(token -> token.name().equals(short100) && token.revokedAt() == null)
                .forEach(token -> tokens.revoke(token.id(), Who.local()));
        accounts.list().stream()
                .filter(account -> account.isAdministrator() && !account.disabled())
                .findFirst()
                .ifPresent(account -> write(
                        tokens.create(account, short100, null, Who.local()).text()));
    }

    /// Beside, then over: a reader never sees half of it, nor does anyone else for a moment.
    private void write(Secret text) {
        var beside = file.resolveSibling("cli-token.new");
        var onlyOwner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try {
            Files.deleteIfExists(beside);
            var options = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            try (var channel = Files.newByteChannel(beside, options, onlyOwner)) {
                channel.write(StandardCharsets.US_ASCII.encode(text.reveal() + "\n"));
            }
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + file + " cannot be written: set data-dir.", e);
        }
    }
}
