package dev.transpack.settings;

/// One wrong setting: which, what it holds (secrets masked), and what to do about it.
public record SettingsProblem(String key, String value, String remedy) {

    @Override
    public String toString() {
        return value.isEmpty() ? key + ": " + remedy : key + " = " + value + ": " + remedy;
    }
}
