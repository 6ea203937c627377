package dev.transpack.command;

/// A request that the server refused, or that never reached one: a sentence for a person.
final class ApiFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final String type;

    /// @param type the problem's stable type, such as `/problems/not-ready`; empty when the server gave none
    ApiFailure(String type, String sentence) {
        super(sentence);
        this.type = type;
    }

    /// Whether the server answered with this problem.
    boolean is(String problem) {
        return type.equals("/problems/" + problem);
    }
}
