package dev.transpack.command;

/// What the doctor found of one thing.
///
/// @param text what it is, and what to do about it when it is not well
record Finding(Level level, String what, String text) {
    /// How well it is. WARN works and may be wanted otherwise.
    enum Level {
        OK,
        WARN,
        FAIL
    }

    static Finding ok(String what, String text) {
        return new Finding(Level.OK, what, text);
    }

    static Finding warn(String what, String text) {
        return new Finding(Level.WARN, what, text);
    }

    static Finding fail(String what, String text) {
        return new Finding(Level.FAIL, what, text);
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
