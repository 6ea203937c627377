package dev.transpack.purging;

import dev.transpack.purging.PurgeRefusal.Reason;
import java.util.ArrayList;
import java.util.List;

/// What the checks of one plan have found so far.
final class Findings {
    private final List<String> proof = new ArrayList<>();
    private final List<String> stays = new ArrayList<>();
    private final List<PurgeRefusal> refusals = new ArrayList<>();

    void proves(String sentence) {
        proof.add(sentence);
    }

    void stays(String sentence) {
        stays.add(sentence);
    }

    void refuse(Reason reason, String sentence, String remedy) {
        refusals.add(new PurgeRefusal(reason, sentence, remedy));
    }

    List<String> proof() {
        return proof;
    }

    List<String> stays() {
        return stays;
    }

    List<PurgeRefusal> refusals() {
        return refusals;
    }
}
