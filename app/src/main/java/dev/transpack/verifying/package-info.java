/// Looks again at packs that are ready: whether everything that was sealed is still there, and what it was.
/// Changes nothing but what is noted on the pack.
@NullMarked
package dev.transpack.verifying;

import org.jspecify.annotations.NullMarked;
