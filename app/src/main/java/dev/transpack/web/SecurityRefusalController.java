package dev.transpack.web;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;

/// Shows a [SecurityRefusal]. Reached by a forward only: asked for directly there is nothing to show.
@Controller
class SecurityRefusalController {
    @RequestMapping(SecurityRefusal.PATH)
    ModelAndView refused(HttpServletRequest request) {
        if (!(request.getAttribute(SecurityRefusal.ATTRIBUTE) instanceof SecurityRefusal refusal))
            throw new ResponseStatusException(HttpStatusCode.valueOf(404));
        var page = new ModelAndView("refused", HttpStatusCode.valueOf(refusal.status()));
        page.addObject("refusal", refusal);
        return page;
    }
}
