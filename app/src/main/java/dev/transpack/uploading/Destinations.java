package dev.transpack.uploading;

import dev.transpack.settings.ByteSize;
import dev.transpack.settings.SettingsReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// All configured destinations: buckets, and this box itself, from which packs are served as they lie here. One of them
/// is the default: the only one, or the one marked `default: true`. Where none is configured there is the box.
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
            "sse",
            "quota");
    private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,254}");

    /// What the box is called where nothing is configured.
    private static final String BOX = "box";

    private enum Type {
        S3,
        BOX
    }

    private final List<DestinationSettings> all;
    private final @Nullable String box;
    private final @Nullable String defaultName;

    private Destinations(List<DestinationSettings> all, @Nullable String box, @Nullable String defaultName) {
        this.all = List.copyOf(all);
        this.box = box;
        this.defaultName = defaultName;
    }

    /// Reads `destinations.<name>.*`; what is wrong is noted in the reader.
    public static Destinations read(SettingsReader settings) {
        var found = new ArrayList<DestinationSettings>();
        var boxes = new ArrayList<String>();
        var marked = new ArrayList<String>();
        for (var name : settings.namesUnder(GROUP, MEMBERS)) {
            if (isBox(settings, name)) boxes.add(name);
            else readOne(settings, name).ifPresent(found::add);
            if (settings.flag(key(name, "default"), false)) marked.add(name);
        }
        if (boxes.size() > 1) settings.problem(GROUP, String.join(", ", boxes), "only one destination can be this box");
        if (boxes.isEmpty() && found.isEmpty()) boxes.add(BOX);
        return new Destinations(
                found, boxes.isEmpty() ? null : boxes.getFirst(), standard(settings, found, boxes, marked));
    }

    private static @Nullable String standard(
            SettingsReader settings, List<DestinationSettings> found, List<String> boxes, List<String> marked) {
        if (marked.isEmpty() && found.size() + boxes.size() > 1)
            settings.problem(GROUP, "", "mark one of several destinations with `default: true`");
        if (marked.size() > 1)
            settings.problem(GROUP, String.join(", ", marked), "only one destination can be the default");
        if (!marked.isEmpty()) return marked.getFirst();
        return boxes.isEmpty() && !found.isEmpty()
                ? found.getFirst().name()
                : boxes.isEmpty() ? null : boxes.getFirst();
    }

    /// The box has no bucket, and nothing that one needs.
    private static boolean isBox(SettingsReader settings, String name) {
        if (settings.choice(key(name, "type"), Type.S3) == Type.S3) return false;
        for (var member : MEMBERS)
            if (!member.equals("type") && !member.equals("default"))
                settings.find(key(name, member))
                        .ifPresent(text -> settings.problem(
                                key(name, member), "", "leave it out: a box serves its own files and has no bucket"));
        return true;
    }

    /// The buckets, in order of their names.
    public List<DestinationSettings> all() {
        return all;
    }

    /// What this box is called as a destination; empty where packs can only go to a bucket.
    public Optional<String> box() {
        return Optional.ofNullable(box);
    }

    /// The names of all destinations, the box last.
    public List<String> names() {
        return Stream.concat(all.stream().map(DestinationSettings::name), box().stream())
                .toList();
    }

    /// Where things go when nobody says where.
    public Optional<String> standardName() {
        return Optional.ofNullable(defaultName);
    }

    /// The bucket of that name.
    public Optional<DestinationSettings> find(String name) {
        return all.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    /// The bucket where things go when nobody says where; empty if that is the box.
    public Optional<DestinationSettings> standard() {
        return Optional.ofNullable(defaultName).flatMap(this::find);
    }

    private static Optional<DestinationSettings> readOne(SettingsReader settings, String name) {
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
                settings.find(key(name, "storage-class")).orElse(null), encryption.orElse(null), quota(settings, name));
    }

    /// None would be a destination that takes nothing.
    private static @Nullable ByteSize quota(SettingsReader settings, String name) {
        var quota = settings.findSize(key(name, "quota")).orElse(null);
        if (quota == null || quota.bytes() > 0) return quota;
        settings.problem(
                key(name, "quota"), quota.toString(), "write a size such as 500g, or leave it out for no quota");
        return null;
    }

    private static String key(String name, String member) {
        return GROUP + "." + name + "." + member;
    }
}
