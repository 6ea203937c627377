/// Talks to a Transmission daemon over its RPC and to nothing else.
/// Does not know what a download is for.
@NullMarked
package dev.transpack.transmission;

import org.jspecify.annotations.NullMarked;
