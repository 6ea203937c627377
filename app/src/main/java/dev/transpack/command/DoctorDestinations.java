package dev.transpack.command;

import dev.transpack.database.Database;
import dev.transpack.database.DatabaseException;
import dev.transpack.database.DatabaseProbe;
import dev.transpack.database.DatabaseUnwritableException;
import dev.transpack.settings.Figures;
import dev.transpack.space.SpaceReport;
import dev.transpack.uploading.BucketUse;
import dev.transpack.uploading.DestinationFacts;
import dev.transpack.uploading.DestinationLook;
import dev.transpack.uploading.DestinationProbe.Check;
import dev.transpack.uploading.DestinationProbe.Result;
import dev.transpack.uploading.DestinationProbes;
import dev.transpack.uploading.DestinationSettings;
import dev.transpack.uploading.DestinationWords;
import dev.transpack.uploading.StoreException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the doctor looks at on every destination, with a few tiny objects that are removed again. A database that is
/// there remembers what was seen, for uploads.
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
        return Stream.concat(
                all.stream()
                        .flatMap(each -> Stream.concat(look(settings, each).stream(), quota(settings, each).stream())),
                box);
    }

    private static List<Finding> look(AppSettings settings, DestinationSettings destination) {
        var what = "destination " + destination.name();
        try {
            var result = DestinationLook.at(destination, InstantSource.system());
            remember(settings, destination, result);
            return said(what + " (s3://" + destination.bucket() + ")", destination, result);
        } catch (StoreException e) {
            return List.of(Finding.fail(what, String.valueOf(e.getMessage())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of(Finding.fail(what, "the look at it was interrupted."));
        }
    }

    private static void remember(AppSettings settings, DestinationSettings destination, Result result) {
        if (!DatabaseProbe.isCurrent(settings.database())) return;
        try (var database = Database.open(settings.database())) {
            new DestinationProbes(database, InstantSource.system()).remember(destination, result);
        } catch (DatabaseException | DatabaseUnwritableException e) {
            return; // the database has a finding of its own
        }
    }

    /// What our packs take of it; nothing without a quota, or without a database that knows.
    private static Optional<Finding> quota(AppSettings settings, DestinationSettings destination) {
        var quota = destination.storage().quota();
        if (quota == null || !DatabaseProbe.isCurrent(settings.database())) return Optional.empty();
        try (var database = Database.open(settings.database())) {
            var used = new BucketUse(database).of(destination.name());
            return Optional.of(said(new SpaceReport.Bucket(destination.name(), used, quota.bytes())));
        } catch (DatabaseException | DatabaseUnwritableException e) {
            return Optional.empty(); // the database has a finding of its own
        }
    }

    private static Finding said(SpaceReport.Bucket bucket) {
        var what = "quota of " + bucket.name();
        if (bucket.low()) return Finding.warn(what, bucket.warning());
        return Finding.ok(
                what,
                "packs take " + Figures.size(bucket.used().total()) + " of " + Figures.size(bucket.quota()) + ".");
    }

    private static List<Finding> said(String what, DestinationSettings destination, Result result) {
        var findings = new ArrayList<Finding>();
        for (var check : result.checks())
            if (check.problem() != null) findings.add(Finding.fail(what, check.what() + ": " + check.problem()));
        var working = working(result);
        if (!working.isEmpty())
            findings.addFirst(
                    Finding.ok(what, working + "; addresses with " + DestinationWords.style(destination) + "."));
        if (result.works()) findings.add(facts(what, result.facts()));
        return findings;
    }

    private static String working(Result result) {
        var names =
                result.checks().stream().filter(Check::works).map(Check::what).toList();
        return switch (names.size()) {
            case 0 -> "";
            case 1 -> names.getFirst() + " works";
            default ->
                names.stream().limit(names.size() - 1L).collect(Collectors.joining(", ")) + " and " + names.getLast()
                        + " work";
        };
    }

    private static Finding facts(String what, DestinationFacts facts) {
        var said = DestinationWords.proof(facts) + " " + DestinationWords.rest(facts);
        var well = facts.provesParts() && !facts.clockIsOff();
        return (well ? Finding.ok(what, said) : Finding.warn(what, said)).with(facts);
    }
}
