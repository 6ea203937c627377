package dev.transpack.command;

import dev.transpack.settings.Figures;

/// How far something is, drawn.
final class Bar {
    private static final int WIDTH = 24;

    private Bar() {}

    /// `[######------------------] 25.0 %`; an empty bar for a whole that is not known.
    static String of(long done, long total) {
        var full = total <= 0 ? 0 : (int) (Math.min(done, total) * (double) WIDTH / total);
        return "[" + "#".repeat(full) + "-".repeat(WIDTH - full) + "] " + Figures.percent(done, total);
    }
}
