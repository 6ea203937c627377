package dev.transpack;

/// Where the program starts.
public final class Transpack {
    private Transpack() {}

    public static void main(String[] args) {
        System.out.println(args.length);
    }
}
