package dev.transpack.purging;

import dev.transpack.purging.PurgeRefusal.Reason;
import java.util.ArrayList;
import java.util.List;

/// What the checks of one plan have found so far.
final class Findings {
    private final List<String> proof = new ArrayList<>();
    private final List<String> stays = new ArrayList<>();
    private final List<String> gone = new ArrayList<>();
    private final List<PurgeRefusal> refusals = new ArrayList<>();

    void proves(String sentence) {
        proof.add(sentence);
    }

    void stays(String sentence) {
        stays.add(sentence);
    }

    void gone(String sentence) {
        gone.add(sentence);
    }

    void refuse(Reason reason, String sentence, String remedy) {
        refuse(new PurgeRefusal(reason, sentence, remedy));
    }

    void refuse(PurgeRefusal refusal) {
        refusals.add(refusal);
    }

    List<String> proof() {
        return proof;
    }

    List<String> stays() {
        return stays;
    }

    List<String> gone() {
        return gone;
    }

    List<PurgeRefusal> refusals() {
        return refusals;
    }
}
