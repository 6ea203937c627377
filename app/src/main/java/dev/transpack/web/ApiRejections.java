package dev.transpack.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.web.firewall.HttpStatusRequestRejectedHandler;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.stereotype.Component;

/// An address that the firewall refuses is answered with a problem too, where it is one of the API.
@Component
final class ApiRejections implements RequestRejectedHandler {
    private static final String SENTENCE = "This address has characters in it that no address here has: "
            + "/api/v1/openapi.json describes what there is.";

    private final RequestRejectedHandler pages = new HttpStatusRequestRejectedHandler();

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, RequestRejectedException why)
            throws IOException, ServletException {
        if (ProblemAdvice.ofTheApi(request)) SecurityProblem.write(response, ApiProblem.MALFORMED, SENTENCE);
        else pages.handle(request, response, why);
    }
}
