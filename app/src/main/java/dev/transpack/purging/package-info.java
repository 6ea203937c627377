/// Removes what is provably safe elsewhere: a plan first, then the deletion in order, then a record.
/// Does not know HTTP.
@NullMarked
package dev.transpack.purging;

import org.jspecify.annotations.NullMarked;
