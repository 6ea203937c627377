package dev.transpack.web;

import dev.transpack.packing.PackRequest;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The body of `POST /packs`. Everything but `download` may be left out.
///
/// @param volumeSize in bytes
/// @param upload false lays the pack out and leaves it
record ApiPackRequest(
        @Nullable String download,
        @Nullable String destination,
        @Nullable String name,
        @Nullable String format,
        @Nullable Long volumeSize,
        @Nullable Integer level,
        @Nullable Integer recovery,
        @Nullable String password,
        @Nullable List<@Nullable String> only,
        @Nullable List<@Nullable String> exclude,
        @Nullable Boolean upload) {

    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_PATH = 4_096;

    /// The request that packing understands.
    ///
    /// @throws ApiException for what it cannot do, with what it can
    PackRequest toRequest() {
        if (download == null || download.isBlank())
            throw wrong("'download' is missing: give the id of one, as GET /api/v1/downloads shows it.");
        refuseWhatNativeVolumesCannot();
        if (name != null && (name.isBlank() || name.length() > LONGEST_NAME))
            throw wrong("'name' has 1 to " + LONGEST_NAME + " characters.");
        if (volumeSize != null && volumeSize <= 0) throw wrong("'volumeSize' is a number of bytes above 0.");
        return new PackRequest(
                download,
                destination,
                name,
                volumeSize,
                paths("only", only),
                paths("exclude", exclude),
                upload == null || upload);
    }

    private void refuseWhatNativeVolumesCannot() {
        if (format != null && !format.toLowerCase(Locale.ROOT).equals("rar"))
            throw wrong("There is no format '" + format + "' here: leave 'format' out, or write rar.");
        if (level != null && level != 0)
            throw wrong("The format rar stores and does not compress: leave 'level' out, or write 0. "
                    + "Compression needs the format rar-binary, which is not offered yet.");
        if (recovery != null && recovery != 0)
            throw wrong(
                    "The format rar has no recovery record: leave 'recovery' out. That needs the format rar-binary, which is not offered yet.");
        if (password != null) throw wrong("The format rar is not encrypted here: leave 'password' out.");
    }

    private static List<String> paths(String field, @Nullable List<@Nullable String> given) {
        if (given == null) return List.of();
        for (var path : given)
            if (path == null || path.isBlank() || path.length() > LONGEST_PATH || path.indexOf('\0') >= 0)
                throw wrong("'" + field + "' is a list of paths inside the download, none of them empty.");
        return given.stream().map(String::valueOf).toList();
    }

    private static ApiException wrong(String sentence) {
        return new ApiException(ApiProblem.WRONG_REQUEST, sentence);
    }
}
