/// Downloads: what lies in the download folder, merged with what Transmission says of it.
/// The only place where a name becomes a path. Does not know packs.
@NullMarked
package dev.transpack.browse;

import org.jspecify.annotations.NullMarked;
