package dev.transpack.accounts;

import dev.transpack.settings.FolderException;
import dev.transpack.settings.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
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
/// same machine reach the server without being set up. Beside it `cli-address` says where that server listens: the
/// token
/// is for that address only, since whoever listens elsewhere on this machine may be anybody.
public final class LocalToken {
    private static final int LONGEST_NAME = 100;

    private final Path dataDir;
    private final Path file;
    private final Path addressFile;

    public LocalToken(Path dataDir) {
        this.dataDir = dataDir;
        this.file = dataDir.resolve("cli-token");
        this.addressFile = dataDir.resolve("cli-address");
    }

    /// The token, if the server has written one.
    ///
    /// @throws UncheckedIOException with a sentence, when this user may not read it
    public Optional<Secret> read() {
        return text(file).map(Secret::new);
    }

    /// Where the running server listens, seen from this machine; empty when none runs.
    ///
    /// @throws UncheckedIOException with a sentence, when this user may not read it
    public Optional<URI> address() {
        return text(addressFile).map(URI::create);
    }

    /// A server listens there from now on.
    public void listens(URI address) {
        write(addressFile, address.toString());
    }

    /// It does so no more; another one that has started meanwhile stays noted.
    public void stopped(URI address) {
        try {
            if (address().filter(address::equals).isPresent()) Files.deleteIfExists(addressFile);
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + addressFile + " cannot be removed: remove it by hand.", e);
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
        var shortened = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
        tokens.list().stream()
                .filter(token -> token.name().equals(shortened) && token.revokedAt() == null)
                .forEach(token -> tokens.revoke(token.id(), Who.local()));
        accounts.list().stream()
                .filter(account -> account.isAdministrator() && !account.disabled())
                .findFirst()
                .ifPresent(account -> write(
                        file,
                        tokens.create(account, shortened, null, Who.local())
                                .text()
                                .reveal()));
    }

    private static Optional<String> text(Path file) {
        try {
            return Optional.of(Files.readString(file).strip()).filter(text -> !text.isEmpty());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The file " + file + " cannot be read: give it to the user who runs Transpack, or remove it.", e);
        }
    }

    /// Beside, then over: a reader never sees half of it, nor does anyone else for a moment.
    private void write(Path file, String text) {
        var beside = file.resolveSibling(file.getFileName() + ".new");
        var onlyOwner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try {
            Files.deleteIfExists(beside);
            var options = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            try (var channel = Files.newByteChannel(beside, options, onlyOwner)) {
                channel.write(StandardCharsets.US_ASCII.encode(text + "\n"));
            }
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw FolderException.of(dataDir, "data-dir", e);
        }
    }
}
