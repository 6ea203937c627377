package dev.transpack.browse;

import dev.transpack.transmission.SessionFacts;
import dev.transpack.transmission.Torrent;
import dev.transpack.transmission.Transmission;
import dev.transpack.transmission.TransmissionException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What Transmission told in one go; with a problem it told nothing, and nobody knows which entries are whole.
///
/// @param unconfirmed why it cannot say of an entry that it is whole
record Told(
        List<Torrent> torrents,
        @Nullable SessionFacts session,
        @Nullable String problem,
        @Nullable String unconfirmed) {
    static Told by(Transmission transmission) {
        if (!transmission.configured()) return new Told(List.of(), null, null, null);
        try {
            return new Told(transmission.torrents(), transmission.session(), null, null);
        } catch (TransmissionException e) {
            return new Told(List.of(), null, e.getMessage(), unconfirmed(e));
        }
    }

    /// What a setting mends is said wherever something is refused because of it.
    private static String unconfirmed(TransmissionException e) {
        return switch (e.kind()) {
            case WRONG_PASSWORD, REFUSED, NOT_TRANSMISSION ->
                String.valueOf(e.getMessage()).replaceFirst("\\.$", "");
            case UNREACHABLE, TIMEOUT, FAILED, NO_SUCH_TORRENT, INTERRUPTED ->
                "Transmission does not answer, and only it knows whether this is complete";
        };
    }
}
