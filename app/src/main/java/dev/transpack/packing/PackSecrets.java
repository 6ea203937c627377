package dev.transpack.packing;

import dev.transpack.database.Database;
import dev.transpack.librar.Encryption;
import dev.transpack.settings.InstanceKey;
import dev.transpack.settings.Secret;
import java.util.Optional;

/// The one class that reads and writes rows of `pack_secrets`.
public final class PackSecrets {
    private final Database database;
    private final InstanceKey key;

    public PackSecrets(Database database, InstanceKey key) {
        this.database = database;
        this.key = key;
    }

    /// What a pack is encrypted with.
    ///
    /// @param seed all its salts come from; hexadecimal, no secret
    public record PackSecret(Secret password, String seed) {}

    void keep(String pack, Secret password) {
        database.writes()
                .sql("insert into pack_secrets (pack_id, password, seed) values (?, ?, ?)")
                .params(pack, key.seal(password.reveal()), Encryption.freshSeed())
                .update();
    }

    /// The password of a pack that has one and is not sealed yet.
    public Optional<PackSecret> find(String pack) {
        return database.reads()
                .sql("select password, seed from pack_secrets where pack_id = ? and password is not null")
                .param(pack)
                .query((row, n) -> new PackSecret(new Secret(key.open(row.getString(1))), row.getString(2)))
                .optional();
    }

    /// Whether a pack is encrypted.
    public boolean has(String pack) {
        return database.reads()
                        .sql("select count(*) from pack_secrets where pack_id = ?")
                        .param(pack)
                        .query(Long.class)
                        .single()
                > 0;
    }

    /// Nothing of the pack will be written any more.
    public static void forget(Database database, String pack) {
        database.writes()
                .sql("update pack_secrets set password = null where pack_id = ?")
                .param(pack)
                .update();
    }
}
