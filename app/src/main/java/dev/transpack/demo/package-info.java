/// What `transpack demo` runs on: sample downloads, a Transmission daemon and an S3 server of its own, all on
/// loopback and gone with it. Knows nothing of the product but the words of its settings.
@NullMarked
package dev.transpack.demo;

import org.jspecify.annotations.NullMarked;
