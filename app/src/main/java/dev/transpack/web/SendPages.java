package dev.transpack.web;

import dev.transpack.accounts.Account;
import dev.transpack.accounts.Audit;
import dev.transpack.browse.Downloads;
import dev.transpack.packing.DestinationNames;
import dev.transpack.packing.ExcludePreset;
import dev.transpack.packing.Pack;
import dev.transpack.packing.PackAnswer;
import dev.transpack.packing.PackFormat;
import dev.transpack.packing.PackSettings;
import dev.transpack.packing.Packing;
import dev.transpack.sharing.LinkAnswer;
import dev.transpack.sharing.LinkLifetime;
import dev.transpack.sharing.ShareLinks;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// Sending a download: the dialog, which is a page of its own without scripts, and what it does.
@Controller
class SendPages {
    private static final int UNPROCESSABLE = 422;

    private final Downloads downloads;
    private final Packing packing;
    private final PackSettings settings;
    private final DestinationNames destinations;
    private final ShareLinks links;
    private final Audit audit;

    SendPages(
            Downloads downloads,
            Packing packing,
            PackSettings settings,
            DestinationNames destinations,
            ShareLinks links,
            Audit audit) {
        this.downloads = downloads;
        this.packing = packing;
        this.settings = settings;
        this.destinations = destinations;
        this.links = links;
        this.audit = audit;
    }

    @GetMapping("/send")
    String ask(@RequestParam MultiValueMap<String, String> asked, Model model) {
        return page(SendForm.of(asked), null, model);
    }

    @PostMapping("/send")
    String send(
            @RequestParam MultiValueMap<String, String> sent,
            @AuthenticationPrincipal Account account,
            HttpServletRequest request,
            Model model,
            RedirectAttributes after,
            HttpServletResponse response) {
        var form = SendForm.of(sent);
        try {
            var lifetime = form.lifetime(); // before anything happens
            return switch (packing.request(form.request(), account.name(), null)) {
                case PackAnswer.Accepted(var pack) -> sent(pack, lifetime, account, request, after);
                case PackAnswer.Refused(var ignored, var why) -> refused(form, why, model, response);
            };
        } catch (IllegalArgumentException e) {
            return refused(form, String.valueOf(e.getMessage()), model, response);
        }
    }

    private String sent(
            Pack pack,
            Optional<LinkLifetime> lifetime,
            Account account,
            HttpServletRequest request,
            RedirectAttributes after) {
        lifetime.ifPresent(time -> link(pack, time, account, request, after));
        return PageModel.redirect("/packs/" + pack.id());
    }

    private void link(
            Pack pack, LinkLifetime lifetime, Account account, HttpServletRequest request, RedirectAttributes after) {
        switch (links.create(pack, lifetime, account.name())) {
            case LinkAnswer.Created(var link, var _) ->
                audit.record(account.name(), "link-made", LinkListPages.subject(link), request.getRemoteAddr());
            case LinkAnswer.Refused(var why) -> PageModel.complain(after, why);
        }
    }

    private String refused(SendForm form, String why, Model model, HttpServletResponse response) {
        response.setStatus(UNPROCESSABLE);
        return page(form, why, model);
    }

    private String page(SendForm form, @Nullable String problem, Model model) {
        var download = BrowsePages.find(downloads, form.download());
        model.addAttribute("download", ViewDownload.of(download, null));
        model.addAttribute("form", form);
        model.addAttribute("problem", problem);
        model.addAttribute("volumeSize", settings.volumeSize());
        model.addAttribute("formats", PackFormat.values());
        model.addAttribute("usual", settings.usual());
        model.addAttribute("presets", ExcludePreset.values());
        model.addAttribute("left", form.presets() == null ? words(settings.presets()) : form.presets());
        model.addAttribute("destinations", destinations.all());
        model.addAttribute("box", destinations.box().orElse(null));
        model.addAttribute("destination", destinations.standard().orElse(""));
        model.addAttribute("lifetimes", LinkListPages.LIFETIMES);
        model.addAttribute("lifetime", LinkListPages.USUAL);
        return "send";
    }

    private static List<String> words(List<ExcludePreset> presets) {
        return presets.stream().map(ExcludePreset::word).toList();
    }
}
