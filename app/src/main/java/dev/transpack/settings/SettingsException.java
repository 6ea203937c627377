package dev.transpack.settings;

import java.util.List;
import java.util.stream.Collectors;

/// Every wrong setting of a start, all at once.
public final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<SettingsProblem> problems;

    public SettingsException(List<SettingsProblem> problems) {
        super(problems.stream().map(SettingsProblem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /// What is wrong, in the order it was found.
    public List<SettingsProblem> problems() {
        return problems;
    }
}
