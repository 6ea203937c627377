package dev.transpack.command;

import java.io.IOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/// The program's version, as the build wrote it.
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
        return new String[] {"transpack " + current()};
    }

    static String current() throws IOException {
        try (var in = Version.class.getResourceAsStream("/META-INF/build-info.properties")) {
            if (in == null) return "development";
            var properties = new Properties();
            properties.load(in);
            return properties.getProperty("build.version", "development");
        }
    }
}
