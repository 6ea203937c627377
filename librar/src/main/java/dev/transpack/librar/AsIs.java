package dev.transpack.librar;

import dev.transpack.librar.Segment.FileRange;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The planner without an archive: every file that has bytes is a volume of its own, called by its path (format
/// section 3). What has none (folders, links, empty files) is for whoever writes a list of the entries.
final class AsIs {
    /// An object key has 1,024 bytes (S3), and other things stand before the name.
    private static final int LONGEST_NAME = 850;

    private AsIs() {}

    static Layout plan(List<Entry> entries) throws ArchiveException {
        var layout = new Layout();
        for (var i = 0; i < entries.size(); i++) {
            var entry = entries.get(i);
            if (entry.size() > 0) {
                check(entry.name());
                if (layout.volumes() == Layout.MOST_VOLUMES) {
                    throw ArchiveException.refused("there are more than " + Layout.MOST_VOLUMES
                            + " files, too many to store each as it is: choose an archive");
                }
                layout.openVolume();
                layout.add(new FileRange(i, 0, entry.size()));
            }
        }
        if (layout.size() == 0) {
            throw ArchiveException.refused("there is no file with anything in it to store as it is: choose an archive");
        }
        return layout;
    }

    private static void check(String name) throws ArchiveException {
        if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            throw ArchiveException.refused("'" + name + "' is longer than the " + LONGEST_NAME
                    + " bytes that fit when every file is stored as it is: choose an archive");
        }
        if (name.chars().anyMatch(Character::isISOControl)) {
            throw ArchiveException.refused("'" + name + "' has a control character in its name, which no address of a"
                    + " file may have: choose an archive");
        }
    }
}
