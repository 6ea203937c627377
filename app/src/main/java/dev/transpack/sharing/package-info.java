/// Links: stable addresses of ours that lead to a pack's volumes until they expire or are revoked.
/// Does not know HTTP.
@NullMarked
package dev.transpack.sharing;

import org.jspecify.annotations.NullMarked;
