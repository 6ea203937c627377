/// The one database, SQLite or PostgreSQL: connections, migrations and transactions.
/// Does not know what the rows mean.
@NullMarked
package dev.transpack.database;

import org.jspecify.annotations.NullMarked;
