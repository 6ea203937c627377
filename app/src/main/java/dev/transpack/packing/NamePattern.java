package dev.transpack.packing;

import dev.transpack.packing.Wildcards.Step;
import java.util.List;
import java.util.function.IntPredicate;

/// A pattern for one name of a path. Characters are code points, so that `?` stands for an `ä` (in git: for a byte).
record NamePattern(Wildcards<IntPredicate> characters) {
    /// A `*`.
    static final Step<IntPredicate> RUN = new Step<>(c -> true, true);

    static final NamePattern EVERYTHING = new NamePattern(List.of(RUN));

    NamePattern(List<Step<IntPredicate>> steps) {
        this(new Wildcards<>(steps));
    }

    /// Just this name, whatever it holds.
    static NamePattern literal(String name) {
        return new NamePattern(name.codePoints().mapToObj(NamePattern::is).toList());
    }

    /// One character.
    static Step<IntPredicate> is(int character) {
        return new Step<>(c -> c == character, false);
    }

    boolean matches(String name) {
        var text = name.codePoints().toArray();
        return characters.match(text.length, (wanted, place) -> wanted.test(text[place]));
    }

    /// Whether it is `**`, or more of them.
    boolean isRunsOnly() {
        return characters.steps().size() > 1 && characters.steps().stream().allMatch(Step::isRun);
    }
}
