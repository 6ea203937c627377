package dev.transpack.packing;

import java.util.List;

/// Matches steps, some of which stand for a run of any length, against places, from left to right. Only the last run
/// is ever tried again, so it takes no more looks than steps times places, whatever somebody wrote.
///
/// @param <P> what the other steps want of one place
record Wildcards<P>(List<Step<P>> steps) {
    Wildcards {
        steps = List.copyOf(steps);
    }

    /// @param isRun whether it stands for none, one or more places that are like this
    record Step<P>(P wanted, boolean isRun) {}

    /// Whether a place is as it is wanted.
    interface Fit<P> {
        boolean at(P wanted, int place);
    }

    boolean match(int places, Fit<P> fit) {
        var step = 0;
        var afterRun = -1;
        var runsTo = 0;
        for (var place = 0; place < places; ) {
            if (isRun(step)) {
                afterRun = ++step;
                runsTo = place;
            } else if (step < steps.size() && fit.at(steps.get(step).wanted(), place)) {
                step++;
                place++;
            } else if (afterRun >= 0) {
                step = afterRun;
                place = ++runsTo;
            } else return false;
        }
        while (isRun(step)) step++;
        return step == steps.size();
    }

    private boolean isRun(int step) {
        return step < steps.size() && steps.get(step).isRun();
    }
}
