package dev.transpack.command;

import dev.transpack.browse.BrowseSettings;
import dev.transpack.database.DatabaseSettings;
import dev.transpack.jobs.JobSettings;
import dev.transpack.packing.PackSettings;
import dev.transpack.purging.PurgeSettings;
import dev.transpack.settings.SettingsReader;
import dev.transpack.settings.SettingsSource;
import dev.transpack.sharing.SharingSettings;
import dev.transpack.space.SpaceSettings;
import dev.transpack.transmission.TransmissionSettings;
import dev.transpack.uploading.Destinations;
import dev.transpack.uploading.UploadSettings;
import dev.transpack.web.ServerSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Every feature's settings, read at once so that everything wrong is reported at once.
public record AppSettings(
        Path dataDir,
        String node,
        LogFormat log,
        ServerSettings server,
        DatabaseSettings database,
        JobSettings jobs,
        FeatureSettings features) {

    private static final String NODE = "node.name";
    private static final int LONGEST_NODE = 100;

    /// What the features along the journey are set to.
    public record FeatureSettings(
            TransmissionSettings transmission,
            BrowseSettings browse,
            PackSettings packs,
            Destinations destinations,
            UploadSettings uploads,
            SharingSettings sharing,
            PurgeSettings purges,
            SpaceSettings space) {

        static FeatureSettings read(SettingsReader reader, Path dataDir) {
            return new FeatureSettings(
                    TransmissionSettings.read(reader),
                    BrowseSettings.read(reader),
                    PackSettings.read(reader, dataDir),
                    Destinations.read(reader),
                    UploadSettings.read(reader),
                    SharingSettings.read(reader),
                    PurgeSettings.read(reader),
                    SpaceSettings.read(reader, dataDir));
        }

        List<Object> all() {
            return List.of(transmission, browse, packs, destinations, uploads, sharing, purges, space);
        }
    }

    /// Reads and checks them all.
    ///
    /// @throws dev.transpack.settings.SettingsException with every problem
    public static AppSettings read(SettingsSource source) {
        var reader = new SettingsReader(source);
        var settings = read(reader);
        reader.check();
        return settings;
    }

    /// Every key there is; `<name>` stands for a destination's.
    static List<String> keys() {
        var reader = new SettingsReader(SettingsSource.of(Map.of("destinations.<name>.bucket", "name")));
        var _ = read(reader);
        return reader.asked();
    }

    private static AppSettings read(SettingsReader reader) {
        var dataDir = dataDir(reader);
        return new AppSettings(
                dataDir,
                node(reader),
                reader.choice("log.format", LogFormat.TEXT),
                ServerSettings.read(reader),
                DatabaseSettings.read(reader, dataDir),
                JobSettings.read(reader),
                FeatureSettings.read(reader, dataDir));
    }

    /// As much as the row of a job holds, and nothing that steers a terminal.
    private static String node(SettingsReader reader) {
        var name = reader.text(NODE, hostName());
        if (name.length() > LONGEST_NODE || name.chars().anyMatch(Character::isISOControl))
            reader.problem(
                    NODE, name, "write at most " + LONGEST_NODE + " characters, none of them a control character");
        return name;
    }

    /// Where the database, the keys and the local token lie.
    static Path dataDir(SettingsReader reader) {
        return reader.path("data-dir", defaultDataDir());
    }

    /// `./data` in a checkout (the launcher says where that is), else where the desktop's conventions put it.
    private static Path defaultDataDir() {
        var checkout = System.getProperty("transpack.checkout");
        return checkout != null
                ? Path.of(checkout, "data")
                : Path.of(System.getProperty("user.home"), ".local", "share", "transpack");
    }

    /// What this machine is called.
    static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
