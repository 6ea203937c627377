package dev.transpack.web;

import dev.transpack.database.DatabaseFullException;
import dev.transpack.database.DatabaseUnwritableException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/// What the database does not take is status 507 when its disk is full, 503 when it is locked or read-only, and one
/// line of the log, also where no controller is asked: sessions are written around all of them.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class UnwritableFilter extends OncePerRequestFilter {
    private static final Logger log = LoggerFactory.getLogger(UnwritableFilter.class);

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } catch (DatabaseUnwritableException refused) {
            if (response.isCommitted()) throw refused;
            answer(refused, request, response);
        }
    }

    /// A problem for a program, the page for what broke for a person.
    static void answer(DatabaseUnwritableException refused, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        log.atWarn().log(refused.getMessage());
        var full = refused instanceof DatabaseFullException;
        if (ProblemAdvice.ofTheApi(request))
            SecurityProblem.write(
                    response, full ? ApiProblem.NO_ROOM : ApiProblem.UNAVAILABLE, String.valueOf(refused.getMessage()));
        else response.sendError((full ? HttpStatus.INSUFFICIENT_STORAGE : HttpStatus.SERVICE_UNAVAILABLE).value());
    }
}
