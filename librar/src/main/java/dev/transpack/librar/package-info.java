/// Split archives as a pure function of the file list: a plan knows every byte's position before a byte is
/// read. Knows nothing of torrents, buckets or databases, and needs the JDK alone.
@NullMarked
package dev.transpack.librar;

import org.jspecify.annotations.NullMarked;
