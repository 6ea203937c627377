package dev.transpack.web;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.ProblemDetail;

/// Ends an API request with a problem.
final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ApiProblem problem;
    private final String sentence;
    private final transient Map<String, Object> members = new LinkedHashMap<>();

    /// @param sentence what is wrong and what to do
    ApiException(ApiProblem problem, String sentence) {
        super(sentence);
        this.problem = problem;
        this.sentence = sentence;
    }

    /// Adds a member that only this problem has.
    ApiException with(String member, Object value) {
        members.put(member, value);
        return this;
    }

    ProblemDetail detail() {
        var detail = problem.detail(sentence);
        members.forEach(detail::setProperty);
        return detail;
    }
}
