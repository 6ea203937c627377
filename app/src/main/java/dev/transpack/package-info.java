/// The composition root: what starts Transpack and wires its features together.
@NullMarked
package dev.transpack;

import org.jspecify.annotations.NullMarked;
