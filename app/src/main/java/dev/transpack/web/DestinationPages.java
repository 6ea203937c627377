package dev.transpack.web;

import dev.transpack.accounts.Account;
import dev.transpack.accounts.Audit;
import dev.transpack.settings.Figures;
import dev.transpack.space.Leftovers;
import dev.transpack.uploading.BucketUse;
import dev.transpack.uploading.DestinationSettings;
import dev.transpack.uploading.Destinations;
import dev.transpack.uploading.OpenDestinations;
import dev.transpack.uploading.StoreException;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// Where packs go: what was seen of each destination, how much of it is used, and what nobody knows there.
@Controller
class DestinationPages {
    private final Destinations destinations;
    private final OpenDestinations open;
    private final BucketUse use;
    private final Leftovers leftovers;
    private final Audit audit;

    DestinationPages(
            Destinations destinations, OpenDestinations open, BucketUse use, Leftovers leftovers, Audit audit) {
        this.destinations = destinations;
        this.open = open;
        this.use = use;
        this.leftovers = leftovers;
        this.audit = audit;
    }

    @GetMapping("/destinations")
    String list(Model model) {
        model.addAttribute(
                "destinations",
                destinations.all().stream()
                        .map(each -> ViewDestination.of(each, use.of(each.name()), open.seen(each)))
                        .toList());
        destinations.box().ifPresent(box -> model.addAttribute("box", box));
        destinations.standardName().ifPresent(name -> model.addAttribute("standard", name));
        return "destinations";
    }

    @PostMapping("/destinations/{name}/probe")
    String probe(
            @PathVariable String name,
            @AuthenticationPrincipal Account account,
            HttpServletRequest request,
            RedirectAttributes after)
            throws InterruptedException {
        try {
            var seen = open.look(known(name));
            audit.record(account.name(), "destination-probed", name, request.getRemoteAddr());
            PageModel.say(after, seen.works() ? "said.probed" : "said.probedBad", seen.works());
        } catch (StoreException e) {
            PageModel.complain(after, String.valueOf(e.getMessage()));
        }
        return PageModel.redirect("/destinations");
    }

    /// Looks when it is asked for: what lies in a bucket stands in no row.
    @GetMapping("/destinations/{name}/leftovers")
    String leftovers(@PathVariable String name, Model model) throws InterruptedException {
        var destination = known(name);
        model.addAttribute("destination", destination);
        try {
            model.addAttribute("found", leftovers.look(destination));
        } catch (StoreException e) {
            model.addAttribute("problem", String.valueOf(e.getMessage()));
        }
        return "leftovers";
    }

    @PostMapping("/destinations/{name}/leftovers/abort")
    String abort(
            @PathVariable String name,
            @AuthenticationPrincipal Account account,
            HttpServletRequest request,
            RedirectAttributes after)
            throws InterruptedException {
        var aborted = leftovers.abort(known(name));
        var count = aborted.uploads().size();
        audit.record(
                account.name(),
                "uploads-aborted",
                name + ": " + Figures.count(count, "upload"),
                request.getRemoteAddr());
        aborted.problem()
                .ifPresentOrElse(
                        problem -> PageModel.complain(after, problem),
                        () -> PageModel.say(after, count > 0 ? "said.aborted" : "said.abortedNone", true));
        return PageModel.redirect("/destinations");
    }

    private DestinationSettings known(String name) {
        return destinations.find(name).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
