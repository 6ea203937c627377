package dev.transpack.database;

import com.zaxxer.hikari.HikariDataSource;

/// Where connections for writing and for reading come from; the same pool where the database needs no difference.
record Pools(HikariDataSource writer, HikariDataSource reader) {
    /// Whether the same connections write and read.
    boolean isOne() {
        return writer.equals(reader);
    }
}
