package dev.transpack.settings;

/// A value that must never be seen: it prints as `***`. Only [#reveal] gives it out.
public final class Secret {
    private final String value;

    public Secret(String value) {
        this.value = value;
    }

    /// The value itself, for the one call that needs it.
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }
}
