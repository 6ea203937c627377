package dev.transpack.packing;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// How much a request may say of the files it wants: each file of a download is held against all of it.
record ChoiceLimits(List<String> only, List<String> exclude) {
    private static final int MOST = 1_000;
    private static final int LONGEST = 4 << 10;

    /// @throws IllegalArgumentException in a sentence, when it is too much
    void check() {
        checkCount(only, "paths", "choose the folders that hold them instead");
        checkCount(exclude, "patterns to leave out", "write fewer that match more, such as *.nfo or Sample/");
        checkLength(only);
        checkLength(exclude);
    }

    private static void checkCount(List<String> list, String what, String instead) {
        if (list.size() > MOST)
            throw new IllegalArgumentException(
                    "A request names at most 1,000 " + what + ", not " + list.size() + ": " + instead + ".");
    }

    private static void checkLength(List<String> list) {
        for (var text : list)
            if (text.getBytes(StandardCharsets.UTF_8).length > LONGEST)
                throw new IllegalArgumentException("A path or pattern has at most 4,096 bytes: shorten the one that"
                        + " begins with '" + text.substring(0, 40) + "'.");
    }
}
