/// How much room there is, on the disks here and in buckets with a quota, and what lies in a bucket that no row of ours
/// knows: abandoned uploads, which are aborted after a grace time, and objects, which are only listed.
@NullMarked
package dev.transpack.space;

import org.jspecify.annotations.NullMarked;
