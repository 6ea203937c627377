package dev.transpack.uploading;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a destination was seen to do, in sentences: the same on the page and in the terminal.
public final class DestinationWords {
    private DestinationWords() {}

    /// Where the bucket's name stands in addresses.
    public static String style(DestinationSettings destination) {
        return destination.address().pathStyle() ? "the bucket in the path" : "the bucket in the host name";
    }

    /// How well copies there are proven.
    public static String proof(DestinationFacts facts) {
        if (facts.provesParts()) return "It checks every part: copies there are proven STRONG.";
        return "It accepts parts with a wrong checksum: copies there are proven SAMPLED, and a purge of the source asks"
                + " for an override.";
    }

    /// Everything else that is worth knowing.
    public static String rest(DestinationFacts facts) {
        return checksums(facts) + " " + conditional(facts) + " " + trailers(facts)
                + (facts.clockIsOff() ? " " + clock(facts) : "");
    }

    private static String checksums(DestinationFacts facts) {
        var kinds = Stream.of(
                        facts.payloadSha256() ? "SHA-256" : "",
                        facts.contentMd5() ? "Content-MD5" : "",
                        facts.crc32c() ? "CRC32C" : "")
                .filter(kind -> !kind.isEmpty())
                .collect(Collectors.joining(", "));
        return kinds.isEmpty() ? "No checksum is verified." : "Verified checksums: " + kinds + ".";
    }

    private static String conditional(DestinationFacts facts) {
        return switch (facts.conditionalPut()) {
            case HONOURED -> "Conditional writes are honoured, so no manifest is written over another unseen.";
            case CREATE_ONLY -> "Conditional writes are honoured for new objects only.";
            case IGNORED -> "Conditional writes are not honoured, and not relied on.";
            case REFUSED -> "Conditional writes are refused, and not sent.";
        };
    }

    private static String trailers(DestinationFacts facts) {
        return "Checksums behind a body are " + (facts.trailers() ? "understood" : "not understood")
                + ", and never sent; parts of an upload have one size.";
    }

    private static String clock(DestinationFacts facts) {
        var seconds = facts.clockAheadSeconds();
        return "This machine's clock is " + Math.abs(seconds) + " s " + (seconds > 0 ? "ahead of" : "behind")
                + " the service's: set it, since 15 minutes are refused.";
    }
}
