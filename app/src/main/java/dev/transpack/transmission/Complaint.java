package dev.transpack.transmission;

import dev.transpack.transmission.TransmissionException.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;

/// The sentences for everything that can go wrong on the way to the daemon: what, where, and what to do.
final class Complaint {
    private final String url;
    private final TransmissionSettings settings;

    Complaint(TransmissionSettings settings) {
        this.settings = settings;
        this.url = settings.url().toString();
    }

    TransmissionException unreachable(IOException cause) {
        return new TransmissionException(Kind.UNREACHABLE, sentence(cause), cause);
    }

    private String sentence(IOException cause) {
        if (cause.getCause() instanceof UnresolvedAddressException)
            return "No computer is called " + settings.url().getHost() + ": correct transmission.url (" + url + ").";
        if (cause instanceof HttpConnectTimeoutException)
            return "Transmission cannot be reached at " + url
                    + ": check transmission.url, and that no firewall is in between.";
        if (cause instanceof ConnectException)
            return "Nothing listens at " + url + ": start transmission-daemon, or correct transmission.url.";
        return "Transmission at " + url + " closed the connection: it may be stopping; try again when it runs.";
    }

    TransmissionException timeout(Duration patience, Throwable cause) {
        var message = "Transmission at %s did not answer within %d seconds: it may be busy with its disk; try again."
                .formatted(url, patience.toSeconds());
        return new TransmissionException(Kind.TIMEOUT, message, cause);
    }

    TransmissionException notTransmission(String why) {
        return new TransmissionException(
                Kind.NOT_TRANSMISSION,
                "What answers at " + url + " is not Transmission's RPC: " + why
                        + "; set transmission.url to its address, which ends in /transmission/rpc.");
    }

    TransmissionException failed(String why) {
        return new TransmissionException(Kind.FAILED, "Transmission could not do it: " + why + ".");
    }

    TransmissionException status(HttpResponse<byte[]> response) {
        return switch (response.statusCode()) {
            case 401 -> wrongPassword();
            case 403 ->
                new TransmissionException(
                        Kind.REFUSED,
                        "Transmission at " + url + " does not admit this computer: add its address to rpc-whitelist in"
                                + " Transmission's settings.json.");
            case 421 ->
                new TransmissionException(
                        Kind.REFUSED,
                        "Transmission does not admit the host name "
                                + settings.url().getHost()
                                + ": add it to rpc-host-whitelist in Transmission's settings.json, or use its IP address in"
                                + " transmission.url.");
            case 502, 503, 504 ->
                new TransmissionException(
                        Kind.UNREACHABLE,
                        "A proxy answers at " + url
                                + " and Transmission behind it does not: start transmission-daemon.");
            default -> notTransmission("it answered with status " + response.statusCode());
        };
    }

    private TransmissionException wrongPassword() {
        var message = settings.username().isEmpty()
                ? "Transmission at %s wants a password: set transmission.username and transmission.password."
                : "Transmission at %s does not accept the user name or password: correct transmission.username and"
                        + " transmission.password.";
        return new TransmissionException(Kind.WRONG_PASSWORD, message.formatted(url));
    }
}
