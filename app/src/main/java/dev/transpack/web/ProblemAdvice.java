package dev.transpack.web;

import dev.transpack.database.DatabaseUnwritableException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/// Every failure below `/api` becomes an RFC 9457 problem. Pages show theirs themselves.
@RestControllerAdvice
class ProblemAdvice {
    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

    @ExceptionHandler(DatabaseUnwritableException.class)
    void unwritable(DatabaseUnwritableException refused, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        UnwritableFilter.answer(refused, request, response);
    }

    @ExceptionHandler(Exception.class)
    ResponseEntity<ProblemDetail> problem(Exception failure, HttpServletRequest request, HttpServletResponse response)
            throws Exception {
        if (!ofTheApi(request) || response.isCommitted()) throw failure;
        var detail = detail(failure);
        return ResponseEntity.status(detail.getStatus())
                .headers(headers(failure))
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(detail);
    }

    static boolean ofTheApi(HttpServletRequest request) {
        return request.getRequestURI().startsWith(request.getContextPath() + "/api/");
    }

    private static ProblemDetail detail(Exception failure) throws Exception {
        return switch (failure) {
            case ApiException known -> known.detail();
            case HttpMessageNotReadableException unreadable -> UnreadableBody.detail(unreadable);
            case MethodArgumentTypeMismatchException wrong ->
                ApiProblem.WRONG_PARAMETER.detail("The value of '" + wrong.getName() + "' cannot be read: "
                        + "the API's description at /api/v1/openapi.json says what it may be.");
            case MissingServletRequestParameterException missing ->
                ApiProblem.WRONG_PARAMETER.detail("The parameter '" + missing.getParameterName() + "' is missing.");
            case HttpRequestMethodNotSupportedException method ->
                ApiProblem.METHOD_NOT_ALLOWED.detail(
                        "This address does not know " + method.getMethod() + ": the header Allow says what it knows.");
            case HttpMediaTypeNotSupportedException type ->
                ApiProblem.NOT_JSON.detail("Send the body as JSON, with Content-Type: application/json.");
            case ErrorResponse refused when refused.getStatusCode().is4xxClientError() -> refused(refused);
            case AccessDeniedException denied -> throw denied;
            case AuthenticationException unknown -> throw unknown;
            default -> accident(failure);
        };
    }

    private static ProblemDetail refused(ErrorResponse refused) {
        return switch (refused.getStatusCode().value()) {
            case 404 ->
                ApiProblem.NOT_FOUND.detail(
                        "There is nothing at this address: /api/v1/openapi.json describes what there is.");
            case 406 -> ApiProblem.NOT_ACCEPTABLE.detail("Ask with Accept: application/json, or without Accept.");
            case 413 -> ApiProblem.TOO_LARGE.detail("The request is too large.");
            default ->
                ApiProblem.MALFORMED.detail("The request cannot be understood: "
                        + "/api/v1/openapi.json describes what this address takes.");
        };
    }

    private static ProblemDetail accident(Exception failure) {
        log.atError().setCause(failure).log("request to the API failed");
        return ApiProblem.INTERNAL.detail("The server could not do this; its log says why. Trying again is harmless.");
    }

    private static HttpHeaders headers(Exception failure) {
        return failure instanceof ErrorResponse response ? response.getHeaders() : HttpHeaders.EMPTY;
    }
}
