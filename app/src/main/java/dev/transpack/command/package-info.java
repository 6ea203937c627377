/// The commands of the transpack program, one class each.
@NullMarked
package dev.transpack.command;

import org.jspecify.annotations.NullMarked;
