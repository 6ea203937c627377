package dev.transpack.web;

import dev.transpack.database.DatabaseFullException;
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

/// What cannot be written because the database's disk is full is status 507 and one line of the log, also where no
/// controller is asked: sessions are written around all of them.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class FullDiskFilter extends OncePerRequestFilter {
    private static final Logger log = LoggerFactory.getLogger(FullDiskFilter.class);

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } catch (DatabaseFullException full) {
            if (response.isCommitted()) throw full;
            answer(full, request, response);
        }
    }

    /// A problem for a program, the page for what broke for a person.
    static void answer(DatabaseFullException full, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        log.atWarn().log(full.getMessage());
        if (ProblemAdvice.ofTheApi(request))
            SecurityProblem.write(response, ApiProblem.NO_ROOM, String.valueOf(full.getMessage()));
        else response.sendError(HttpStatus.INSUFFICIENT_STORAGE.value());
    }
}
