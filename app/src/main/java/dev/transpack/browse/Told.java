package dev.transpack.browse;

import dev.transpack.transmission.SessionFacts;
import dev.transpack.transmission.Torrent;
import dev.transpack.transmission.Transmission;
import dev.transpack.transmission.TransmissionException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What Transmission told in one go; with a problem it told nothing, and nobody knows which entries are whole.
record Told(
        List<Torrent> torrents,
        @Nullable SessionFacts session,
        @Nullable String problem) {
    static Told by(Transmission transmission) {
        if (!transmission.configured()) return new Told(List.of(), null, null);
        try {
            return new Told(transmission.torrents(), transmission.session(), null);
        } catch (TransmissionException e) {
            return new Told(List.of(), null, e.getMessage());
        }
    }

    boolean known() {
        return problem == null;
    }
}
