package dev.transpack.web;

import dev.transpack.jobs.JobPriority;
import dev.transpack.packing.ExcludePreset;
import dev.transpack.packing.PackForm;
import dev.transpack.packing.PackFormat;
import dev.transpack.packing.PackRequest;
import dev.transpack.settings.Secret;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The body of `POST /packs`. Everything but `download` may be left out.
///
/// @param volumeSize in bytes
/// @param priority `high`, `normal` or `low`
/// @param upload false lays the pack out and leaves it
record ApiPackRequest(
        @Nullable String download,
        @Nullable String destination,
        @Nullable String name,
        @Nullable String format,
        @Nullable Long volumeSize,
        @Nullable Integer level,
        @Nullable Integer recovery,
        @Nullable Boolean portableNames,
        @Nullable Secret password,
        @Nullable List<@Nullable String> only,
        @Nullable List<@Nullable String> exclude,
        @Nullable List<@Nullable String> presets,
        @Nullable String priority,
        @Nullable Boolean upload) {

    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_PATH = 4_096;

    /// The request that packing understands.
    ///
    /// @throws ApiException for what it cannot do, with what it can
    PackRequest toRequest() {
        if (download == null || download.isBlank())
            throw wrong("'download' is missing: give the id of one, as GET /api/v1/downloads shows it.");
        if (name != null && (name.isBlank() || name.length() > LONGEST_NAME))
            throw wrong("'name' has 1 to " + LONGEST_NAME + " characters.");
        if (password != null && password.reveal().isEmpty())
            throw wrong("'password' has a character or more, or is left out.");
        return new PackRequest(
                download,
                destination,
                name,
                form(),
                password,
                paths("only", only),
                paths("exclude", exclude),
                presets == null ? null : presets(presets),
                upload == null || upload);
    }

    /// @throws ApiException for one that there is not
    JobPriority priorityOrNormal() {
        var chosen = ApiWords.parse("priority", priority, JobPriority.class);
        return chosen == null ? JobPriority.NORMAL : chosen;
    }

    private PackForm form() {
        if (volumeSize != null && volumeSize <= 0) throw wrong("'volumeSize' is a number of bytes above 0.");
        try {
            var chosen = format == null ? null : PackFormat.of(format);
            return new PackForm(chosen, volumeSize, level, recovery, portableNames);
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    private static List<ExcludePreset> presets(List<@Nullable String> words) {
        try {
            return words.stream().map(String::valueOf).map(ExcludePreset::of).toList();
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
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
