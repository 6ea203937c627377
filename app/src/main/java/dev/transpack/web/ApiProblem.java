package dev.transpack.web;

import java.net.URI;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/// Every kind of problem the API answers with. The name is its stable `type`: `NOT_READY` is `/problems/not-ready`.
enum ApiProblem {
    MALFORMED(HttpStatus.BAD_REQUEST, "The request cannot be read"),
    WRONG_PARAMETER(HttpStatus.BAD_REQUEST, "A parameter has a wrong value"),
    SIGN_IN_NEEDED(HttpStatus.UNAUTHORIZED, "Nobody is signed in"),
    TOKEN_REFUSED(HttpStatus.UNAUTHORIZED, "The token does not work"),
    FORBIDDEN(HttpStatus.FORBIDDEN, "This account may not do that"),
    NOT_FROM_OUR_PAGE(HttpStatus.FORBIDDEN, "The request does not come from a page of ours"),
    PASSWORD_CHANGE_NEEDED(HttpStatus.FORBIDDEN, "The one-time password must be changed first"),
    TOO_MANY_ATTEMPTS(HttpStatus.TOO_MANY_REQUESTS, "There were too many wrong attempts"),
    NOT_FOUND(HttpStatus.NOT_FOUND, "There is no such thing"),
    NO_SUCH_DOWNLOAD(HttpStatus.NOT_FOUND, "There is no such download"),
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "This address does not know that method"),
    NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "The answer cannot be given in that form"),
    NOT_READY(HttpStatus.CONFLICT, "It is not ready yet"),
    ALREADY_SENDING(HttpStatus.CONFLICT, "It is being sent already"),
    WRONG_STATE(HttpStatus.CONFLICT, "Its state does not allow that"),
    PURGE_REFUSED(HttpStatus.CONFLICT, "Nothing proves that the data would survive this"),
    TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The request is too large"),
    NOT_JSON(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The request is not JSON"),
    WRONG_REQUEST(HttpStatus.UNPROCESSABLE_CONTENT, "The request asks for something that cannot be done"),
    INTERNAL(HttpStatus.INTERNAL_SERVER_ERROR, "Something went wrong in the server"),
    NO_ROOM(HttpStatus.INSUFFICIENT_STORAGE, "There is no room left to write that down"),
    UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "Something this needs does not answer");

    private final HttpStatus status;
    private final String title;

    ApiProblem(HttpStatus status, String title) {
        this.status = status;
        this.title = title;
    }

    /// The RFC 9457 form of it.
    ///
    /// @param sentence what is wrong and what to do
    ProblemDetail detail(String sentence) {
        var detail = ProblemDetail.forStatusAndDetail(status, sentence);
        detail.setType(URI.create("/problems/" + name().toLowerCase(Locale.ROOT).replace('_', '-')));
        detail.setTitle(title);
        return detail;
    }
}
