package dev.transpack.web;

import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// What every page has: `show` for numbers and times, and the version for its foot.
@ControllerAdvice(annotations = Controller.class)
class PageModel {
    private final MessageSource texts;
    private final InstantSource clock;
    private final String version;

    PageModel(MessageSource texts, InstantSource clock, ObjectProvider<BuildProperties> build) {
        this.texts = texts;
        this.clock = clock;
        var properties = build.getIfAvailable();
        this.version = properties == null || properties.getVersion() == null ? "" : properties.getVersion();
    }

    @ModelAttribute
    void add(Model model) {
        model.addAttribute("show", new ViewFormat(clock.instant(), texts));
        model.addAttribute("version", version);
    }

    /// Says something on the page that a form leads to.
    ///
    /// @param key of a text under `said`
    static void say(RedirectAttributes after, String key, boolean good) {
        after.addFlashAttribute("saidKey", key);
        after.addFlashAttribute("saidTone", good ? "good" : "bad");
    }

    /// The same, in a sentence that a feature gave.
    static void complain(RedirectAttributes after, String sentence) {
        after.addFlashAttribute("said", sentence);
        after.addFlashAttribute("saidTone", "bad");
    }

    /// After a form: the browser asks for that page of ours, so that a reload repeats nothing.
    static String redirect(String path) {
        return "redirect:" + path;
    }
}
