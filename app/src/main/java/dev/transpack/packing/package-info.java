/// Turns a download into a plan or a refusal, and keeps packs, their volumes and their manifests.
/// Does not know where volumes go.
@NullMarked
package dev.transpack.packing;

import org.jspecify.annotations.NullMarked;
