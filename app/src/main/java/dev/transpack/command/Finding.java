package dev.transpack.command;

import org.jspecify.annotations.Nullable;

/// What the doctor found of one thing.
///
/// @param text what it is, and what to do about it when it is not well
/// @param facts the same for programs, where there is more to it
record Finding(
        Level level, String what, String text, @Nullable Object facts) {
    /// How well it is. WARN works and may be wanted otherwise.
    enum Level {
        OK,
        WARN,
        FAIL
    }

    static Finding ok(String what, String text) {
        return new Finding(Level.OK, what, text, null);
    }

    static Finding warn(String what, String text) {
        return new Finding(Level.WARN, what, text, null);
    }

    static Finding fail(String what, String text) {
        return new Finding(Level.FAIL, what, text, null);
    }

    /// The same with facts for programs.
    Finding with(Object more) {
        return new Finding(level, what, text, more);
    }

    String line() {
        return "%-4s  %s: %s".formatted(levelName(), what, text);
    }

    String levelName() {
        return switch (level) {
            case OK -> "ok";
            case WARN -> "warn";
            case FAIL -> "fail";
        };
    }
}
