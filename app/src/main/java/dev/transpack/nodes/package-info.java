/// The processes that share one database: their names, heartbeats, and the download folders they see.
/// Knows no job, and not what is in those folders.
@NullMarked
package dev.transpack.nodes;

import org.jspecify.annotations.NullMarked;
