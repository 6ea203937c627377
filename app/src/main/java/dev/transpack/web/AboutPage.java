package dev.transpack.web;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/// What this is, and which version.
@Controller
class AboutPage {
    @GetMapping("/about")
    String about() {
        return "about";
    }
}
