package dev.transpack.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.jobs.JobState;
import dev.transpack.packing.PackState;
import java.util.Arrays;
import java.util.ResourceBundle;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Pages ask for the word of a state by its name: one without a word would show the key instead.
class StateWordsTest {
    @Test
    void everyStateOfAPackAndOfAJobHasAWord() {
        var keys = Stream.concat(
                Arrays.stream(JobState.values()).map(state -> "jobState." + state),
                Arrays.stream(PackState.values()).map(state -> "state." + state));
        assertThat(ResourceBundle.getBundle("messages").keySet()).containsAll(keys.toList());
    }
}
