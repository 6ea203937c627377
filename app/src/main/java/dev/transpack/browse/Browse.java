package dev.transpack.browse;

import java.util.List;

/// What there is at the moment, and what a person should know about it: every notice is a sentence with its remedy.
public record Browse(List<Download> downloads, List<String> notices) {
    public Browse {
        downloads = List.copyOf(downloads);
        notices = List.copyOf(notices);
    }
}
