package dev.transpack.web;

import java.time.InstantSource;
import java.util.Locale;
import org.springframework.boot.info.BuildProperties;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

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
    void add(Model model, Locale locale) {
        model.addAttribute("show", new ViewFormat(locale, clock.instant(), texts));
        model.addAttribute("version", version);
    }
}
