package dev.transpack.web;

import dev.transpack.accounts.Audit;
import dev.transpack.settings.Figures;
import dev.transpack.space.Leftovers;
import dev.transpack.uploading.BucketUse;
import dev.transpack.uploading.DestinationSettings;
import dev.transpack.uploading.Destinations;
import dev.transpack.uploading.OpenDestinations;
import dev.transpack.uploading.StoreException;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// `/api/v1/destinations`: where packs go, what was seen of each, and what lies there that nobody knows.
@RestController
@RequestMapping("/api/v1/destinations")
class ApiDestinations {
    private final Destinations destinations;
    private final OpenDestinations open;
    private final BucketUse use;
    private final Leftovers leftovers;
    private final Audit audit;

    ApiDestinations(Destinations destinations, OpenDestinations open, BucketUse use, Leftovers leftovers, Audit audit) {
        this.destinations = destinations;
        this.open = open;
        this.use = use;
        this.leftovers = leftovers;
        this.audit = audit;
    }

    @GetMapping
    ApiPage<ApiDestinationView> list() {
        var views = new ArrayList<>(destinations.all().stream().map(this::view).toList());
        destinations
                .box()
                .map(box -> ApiDestinationView.ofBox(box, isDefault(box)))
                .ifPresent(views::add);
        return new ApiPage<>(views, null);
    }

    /// Looks at it now.
    @PostMapping("/{name}/probe")
    ApiDestinationView probe(@PathVariable String name, Principal who, HttpServletRequest http)
            throws InterruptedException {
        var destination = known(name);
        try {
            open.look(destination);
        } catch (StoreException e) {
            throw unavailable(e);
        }
        audit.record(who.getName(), "destination-probed", name, http.getRemoteAddr());
        return view(destination);
    }

    /// What lies below its prefix and in no row; the first thousand of each kind are named.
    @GetMapping("/{name}/leftovers")
    Leftovers.Found leftovers(@PathVariable String name) throws InterruptedException {
        try {
            return leftovers.look(known(name));
        } catch (StoreException e) {
            throw unavailable(e);
        }
    }

    /// The uploads that were aborted.
    ///
    /// @param problem why it ended early, in a sentence; null: it did not
    record Aborted(
            List<Leftovers.Abandoned> aborted, @Nullable String problem) {}

    /// Aborts abandoned uploads that are older than the grace time, a thousand at most. What was done before a failure
    /// is told with it; where nothing was, it is a refusal.
    @PostMapping("/{name}/leftovers/abort")
    Aborted abort(@PathVariable String name, Principal who, HttpServletRequest http) throws InterruptedException {
        var done = leftovers.abort(known(name));
        var uploads = done.uploads();
        audit.record(
                who.getName(),
                "uploads-aborted",
                name + ": " + Figures.count(uploads.size(), "upload"),
                http.getRemoteAddr());
        if (done.failure() != null && uploads.isEmpty()) throw unavailable(done.failure());
        return new Aborted(uploads, done.problem().orElse(null));
    }

    private ApiDestinationView view(DestinationSettings settings) {
        return ApiDestinationView.of(
                settings, isDefault(settings.name()), use.of(settings.name()), open.seen(settings));
    }

    private boolean isDefault(String name) {
        return destinations.standardName().filter(name::equals).isPresent();
    }

    private DestinationSettings known(String name) {
        if (destinations.box().filter(name::equals).isPresent())
            throw new ApiException(
                    ApiProblem.WRONG_STATE, "'" + name + "' is this box and no bucket: there is nothing to look at.");
        return destinations
                .find(name)
                .orElseThrow(() -> new ApiException(
                        ApiProblem.NOT_FOUND,
                        "There is no destination '" + name + "': there are " + destinations.names() + "."));
    }

    private static ApiException unavailable(StoreException e) {
        return new ApiException(ApiProblem.UNAVAILABLE, String.valueOf(e.getMessage()));
    }
}
