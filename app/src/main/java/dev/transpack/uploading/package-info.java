/// Streams a pack's volumes to object storage, part by part, and proves what arrived.
/// Does not know who fetches them.
@NullMarked
package dev.transpack.uploading;

import org.jspecify.annotations.NullMarked;
