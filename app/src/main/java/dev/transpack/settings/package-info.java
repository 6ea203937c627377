/// Where settings come from and how a value is read: typed, every problem reported at once, secrets never printed.
/// Does not know which settings exist: each feature reads its own record.
@NullMarked
package dev.transpack.settings;

import org.jspecify.annotations.NullMarked;
