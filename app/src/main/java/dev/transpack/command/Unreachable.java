package dev.transpack.command;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;

/// Why a server could not be reached, in a sentence.
final class Unreachable {
    private Unreachable() {}

    static String sentence(URI server, IOException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case UnresolvedAddressException unknown -> {
                    return unknownHost(server);
                }
                case UnknownHostException unknown -> {
                    return unknownHost(server);
                }
                case SSLException tls -> {
                    return "No trusted connection to " + server + " can be made (" + tls.getMessage()
                            + "): check the certificate, or set TRANSPACK_URL to the right address.";
                }
                case HttpTimeoutException slow -> {
                    return "The server at " + server + " does not answer in time: look at its log, or try again.";
                }
                default -> {}
            }
        }
        return failure instanceof ConnectException
                ? "No server answers at " + server + ": start one with 'transpack serve', or set TRANSPACK_DATA_DIR to"
                        + " the data-dir of the one that runs here, or TRANSPACK_URL to its address."
                : "The connection to " + server + " broke (" + failure.getMessage() + "): try again, and look at the "
                        + "server's log if it happens again.";
    }

    private static String unknownHost(URI server) {
        return "There is no host " + server.getHost() + ": set TRANSPACK_URL to the server's address.";
    }
}
