/// Fetches what a link leads to: parts of volumes by ranges, checked against the manifest, written as files at their
/// places. Trusts neither the server nor the manifest. Does not know who asks, nor how the answer is shown.
@NullMarked
package dev.transpack.fetching;

import org.jspecify.annotations.NullMarked;
