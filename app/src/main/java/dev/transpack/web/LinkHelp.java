package dev.transpack.web;

import dev.transpack.packing.PackFormat;
import dev.transpack.sharing.LinkedPack;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/// What to type, and what to open; `addresses` has those of all files, one a line, for programs that take a list.
///
/// @param link the page's own address
/// @param count of the volumes, without what mends them
/// @param format in a word, such as `rar-binary`; each is opened in another way
/// @param folders how many folders of an address come before those of the file: what `wget --cut-dirs` wants
/// @param joined what the volumes of a split archive are called together, as a shell writes it
/// @param mending the file that `par2` is to be given, as a shell writes it; empty when there is none
record LinkHelp(
        String link,
        String addresses,
        String checksums,
        String firstVolume,
        int count,
        String format,
        boolean encrypted,
        int folders,
        String joined,
        String mending) {
    private static final String RECOVERY = ".par2"; // behind the name of the volume that it mends

    static LinkHelp of(LinkedPack linked, List<LinkPage.Row> files, Function<String, URI> address) {
        var format = Objects.requireNonNullElse(linked.pack().request().form().format(), PackFormat.RAR);
        var names = files.stream().map(LinkPage.Row::name).toList();
        var first = names.isEmpty() ? "" : names.getFirst();
        var checksums = address.apply("checksums.sfv");
        return new LinkHelp(
                checksums.resolve(".").toString().replaceFirst("/$", ""),
                String.join("\n", files.stream().map(LinkPage.Row::address).toList()),
                checksums.toString(),
                first,
                format == PackFormat.FILES ? names.size() : volumes(names),
                format.word(),
                linked.encrypted(),
                (int) checksums.getRawPath().chars().filter(c -> c == '/').count() - 1,
                joined(first),
                names.contains(first + RECOVERY) ? quoted(first + RECOVERY) : "");
    }

    /// Whether there is more than one to fetch.
    public boolean many() {
        return count > 1;
    }

    /// Whether every file is as it was, in its folder.
    public boolean plain() {
        return format.equals(PackFormat.FILES.word());
    }

    /// Whether `transpack get` puts the files in their places by itself.
    public boolean unpacks() {
        return !format.equals(PackFormat.RAR_BINARY.word());
    }

    /// `12 files`, `1 volume`: a word for one of them.
    public String one() {
        return plain() ? "file" : "volume";
    }

    private static int volumes(List<String> names) {
        return (int) names.stream().filter(name -> !name.endsWith(RECOVERY)).count();
    }

    /// `'Name.tar.'???`, which has no other files of the same folder in it.
    private static String joined(String first) {
        var digits = first.lastIndexOf('.') + 1;
        return quoted(first.substring(0, digits)) + "?".repeat(first.length() - digits);
    }

    private static String quoted(String name) {
        return "'" + name.replace("'", "'\\''") + "'";
    }
}
