package dev.transpack.packing;

import dev.transpack.jobs.JobKind;

/// The job that plans a pack and streams it to its destination. Named here, where it is asked for; done where uploading
/// is known.
public final class SendPack {
    /// The job's kind. Its subject is the pack's id.
    public static final JobKind<Payload> KIND = JobKind.of("send-pack", 1, Payload.class);

    private SendPack() {}

    /// Which pack, and whether it goes up or is laid out only.
    public record Payload(String pack, boolean upload) {}
}
