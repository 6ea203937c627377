package dev.transpack.command;

import dev.transpack.uploading.DestinationProbe;
import dev.transpack.uploading.DestinationSettings;
import dev.transpack.uploading.S3ObjectStore;
import dev.transpack.uploading.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What the doctor looks at on every destination, with two tiny objects that are removed again.
final class DoctorDestinations {
    private DoctorDestinations() {}

    static Stream<Finding> findings(AppSettings settings) {
        var all = settings.features().destinations().all();
        var box = settings.features().destinations().box().stream()
                .map(name -> Finding.ok(
                        "destination " + name + " (this box)",
                        all.isEmpty()
                                ? "packs are served from here; for copies elsewhere set destinations.<name>.bucket."
                                : "packs are served from here."));
        return Stream.concat(all.stream().flatMap(destination -> look(destination).stream()), box);
    }

    private static List<Finding> look(DestinationSettings destination) {
        var what = "destination " + destination.name();
        try (var store = S3ObjectStore.open(destination)) {
            return said(what + " (" + store.address() + ")", DestinationProbe.run(store, destination.prefix()));
        } catch (StoreException e) {
            return List.of(Finding.fail(what, String.valueOf(e.getMessage())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of(Finding.fail(what, "the look at it was interrupted."));
        }
    }

    private static List<Finding> said(String what, DestinationProbe.Result result) {
        var findings = new ArrayList<Finding>();
        for (var check : result.checks())
            findings.add(
                    check.problem() == null
                            ? Finding.ok(what, check.what() + " works.")
                            : Finding.fail(what, check.what() + ": " + check.problem()));
        if (result.works())
            findings.add(
                    result.payloadHashEnforced()
                            ? Finding.ok(what, "it checks every part: copies there are proven STRONG.")
                            : Finding.warn(
                                    what,
                                    "it accepts parts with a wrong checksum: copies there are proven "
                                            + "SAMPLED, and a purge of the source asks for an override."));
        return findings;
    }
}
