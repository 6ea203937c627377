package dev.transpack.web;

import dev.transpack.accounts.Account;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/// What every template knows: `csrf` (its `token`, `parameterName` and `headerName`), `account` and `isAdmin`. Open
/// pages, such as those of links, know none of them.
@ControllerAdvice(annotations = Controller.class)
class SecurityModel {
    @ModelAttribute("csrf")
    @Nullable
    CsrfToken csrf(HttpServletRequest request) {
        return (CsrfToken) request.getAttribute(CsrfToken.class.getName());
    }

    @ModelAttribute("account")
    @Nullable
    Account account() {
        return SecuritySignedIn.current().map(SecuritySignedIn::account).orElse(null);
    }

    @ModelAttribute("isAdmin")
    boolean isAdmin() {
        return SecuritySignedIn.current()
                .map(SecuritySignedIn::account)
                .filter(Account::isAdministrator)
                .isPresent();
    }
}
