package dev.transpack.command;

import dev.transpack.database.BackupException;
import dev.transpack.database.DatabaseException;
import dev.transpack.database.DatabaseUnwritableException;
import dev.transpack.settings.FolderException;
import dev.transpack.settings.SettingsException;
import java.net.BindException;
import org.springframework.boot.web.server.PortInUseException;

/// One clear sentence for each failure, dug out of what frameworks wrap around it.
final class Sentences {
    private Sentences() {}

    static String of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case SettingsException settings -> {
                    return "Wrong settings:\n  "
                            + String.join(
                                    "\n  ",
                                    settings.problems().stream()
                                            .map(Object::toString)
                                            .toList());
                }
                case BackupException backup -> {
                    return String.valueOf(backup.getMessage());
                }
                case DatabaseException database -> {
                    return String.valueOf(database.getMessage());
                }
                case DatabaseUnwritableException refused -> {
                    return String.valueOf(refused.getMessage());
                }
                case FolderException folder -> {
                    return String.valueOf(folder.getMessage());
                }
                case ApiFailure refused -> {
                    return String.valueOf(refused.getMessage());
                }
                case PortInUseException port -> {
                    return "Port " + port.getPort()
                            + " is in use: stop what listens there, or set server.port (--port).";
                }
                case BindException bind -> {
                    return "The address cannot be listened on (" + bind.getMessage() + "): set server.address.";
                }
                default -> {}
            }
        }
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }
}
