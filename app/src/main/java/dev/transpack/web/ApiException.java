package dev.transpack.web;

import org.springframework.http.ProblemDetail;

/// Ends an API request with a problem.
final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ApiProblem problem;
    private final String sentence;

    /// @param sentence what is wrong and what to do
    ApiException(ApiProblem problem, String sentence) {
        super(sentence);
        this.problem = problem;
        this.sentence = sentence;
    }

    ProblemDetail detail() {
        return problem.detail(sentence);
    }
}
