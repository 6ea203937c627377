package dev.transpack.purging;

/// How much a plan looks at, beside the packed files: of those it always looks at every one. One that somebody waits
/// for is bounded; before anything goes, everything is looked at.
enum Thoroughness {
    /// For a plan that is shown.
    GLANCE(2_000, 10_000),
    /// For the work.
    WHOLE(Integer.MAX_VALUE, Integer.MAX_VALUE);

    private final int objects;
    private final int strangers;

    Thoroughness(int objects, int strangers) {
        this.objects = objects;
        this.strangers = strangers;
    }

    /// The most objects in the bucket.
    int objects() {
        return objects;
    }

    /// The most things beside what was packed: a walk that finds more ends there.
    int strangers() {
        return strangers;
    }
}
