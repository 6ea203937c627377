package dev.transpack.uploading;

import dev.transpack.settings.SettingsReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// All configured destinations. One of them is the default: the only one, or the one marked `default: true`.
public final class Destinations {
    private static final String GROUP = "destinations";
    private static final List<String> MEMBERS = List.of(
            "type",
            "default",
            "endpoint",
            "public-endpoint",
            "region",
            "bucket",
            "prefix",
            "path-style",
            "access-key",
            "secret-key",
            "storage-class",
            "sse");
    private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,254}");

    private enum Type {
        S3
    }

    private final List<DestinationSettings> all;
    private final @Nullable String defaultName;

    private Destinations(List<DestinationSettings> all, @Nullable String defaultName) {
        this.all = List.copyOf(all);
        this.defaultName = defaultName;
    }

    /// Reads `destinations.<name>.*`; what is wrong is noted in the reader.
    public static Destinations read(SettingsReader settings) {
        var found = new ArrayList<DestinationSettings>();
        var marked = new ArrayList<String>();
        for (var name : settings.namesUnder(GROUP, MEMBERS)) {
            readOne(settings, name).ifPresent(found::add);
            if (settings.flag(key(name, "default"), false)) marked.add(name);
        }
        if (marked.isEmpty() && found.size() > 1)
            settings.problem(GROUP, "", "mark one of several destinations with `default: true`");
        if (marked.size() > 1)
            settings.problem(GROUP, String.join(", ", marked), "only one destination can be the default");
        var onlyOne = found.size() == 1 ? found.getFirst().name() : null;
        return new Destinations(found, marked.isEmpty() ? onlyOne : marked.getFirst());
    }

    /// In order of their names.
    public List<DestinationSettings> all() {
        return all;
    }

    /// The destination of that name.
    public Optional<DestinationSettings> find(String name) {
        return all.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    /// Where things go when nobody says where; empty if nothing is configured.
    public Optional<DestinationSettings> standard() {
        return Optional.ofNullable(defaultName).flatMap(this::find);
    }

    private static Optional<DestinationSettings> readOne(SettingsReader settings, String name) {
        settings.choice(key(name, "type"), Type.S3);
        var destination = new DestinationSettings(
                name,
                bucket(settings, name),
                prefix(settings, name),
                address(settings, name),
                keys(settings, name),
                storage(settings, name));
        return destination.bucket().isEmpty() ? Optional.empty() : Optional.of(destination);
    }

    private static String bucket(SettingsReader settings, String name) {
        var bucket = settings.text(key(name, "bucket"), "");
        if (!BUCKET.matcher(bucket).matches()) {
            settings.problem(key(name, "bucket"), bucket, "name the bucket, which must exist");
            return "";
        }
        return bucket;
    }

    private static String prefix(SettingsReader settings, String name) {
        var prefix = settings.text(key(name, "prefix"), "");
        try {
            return ObjectKey.of(prefix, "id", "name").value().length() > 600 ? tooLong(settings, name, prefix) : prefix;
        } catch (IllegalArgumentException e) {
            settings.problem(key(name, "prefix"), prefix, "write folders such as backups/transpack, without . and ..");
            return "";
        }
    }

    private static String tooLong(SettingsReader settings, String name, String prefix) {
        settings.problem(key(name, "prefix"), prefix, "use at most 600 characters");
        return "";
    }

    private static DestinationSettings.Address address(SettingsReader settings, String name) {
        var endpoint = settings.findAddress(key(name, "endpoint"));
        return new DestinationSettings.Address(
                endpoint.orElse(null),
                settings.findAddress(key(name, "public-endpoint")).orElse(null),
                settings.find(key(name, "region")).orElse(null),
                settings.flag(key(name, "path-style"), endpoint.isPresent()));
    }

    private static DestinationSettings.@Nullable Keys keys(SettingsReader settings, String name) {
        var access = settings.find(key(name, "access-key"));
        var secret = settings.secret(key(name, "secret-key"));
        if (access.isPresent() != secret.isPresent())
            settings.problem(
                    key(name, access.isPresent() ? "secret-key" : "access-key"), "", "set both keys, or neither");
        if (access.isEmpty() || secret.isEmpty()) return null;
        return new DestinationSettings.Keys(access.get(), secret.get());
    }

    private static DestinationSettings.Storage storage(SettingsReader settings, String name) {
        var encryption = settings.find(key(name, "sse"));
        encryption
                .filter(text -> !text.equals("AES256") && !text.startsWith("aws:kms"))
                .ifPresent(
                        text -> settings.problem(key(name, "sse"), text, "write AES256, aws:kms or aws:kms:<key id>"));
        return new DestinationSettings.Storage(
                settings.find(key(name, "storage-class")).orElse(null), encryption.orElse(null));
    }

    private static String key(String name, String member) {
        return GROUP + "." + name + "." + member;
    }
}
