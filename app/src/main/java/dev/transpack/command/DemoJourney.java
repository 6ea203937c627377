package dev.transpack.command;

import dev.transpack.browse.BrowseQuery;
import dev.transpack.browse.Download;
import dev.transpack.browse.Downloads;
import dev.transpack.packing.Pack;
import dev.transpack.packing.PackAnswer;
import dev.transpack.packing.PackRequest;
import dev.transpack.packing.PackState;
import dev.transpack.packing.Packing;
import dev.transpack.packing.Packs;
import dev.transpack.sharing.LinkAddresses;
import dev.transpack.sharing.LinkAnswer;
import dev.transpack.sharing.LinkLifetime;
import dev.transpack.sharing.ShareLinks;
import dev.transpack.web.ServerSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// What the demo does at its start, as a person would: waits for a download to be ready, sends it, and shares it.
final class DemoJourney {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration LOOK_EVERY = Duration.ofMillis(300);
    private static final String BY = "demo";

    private final Server server;
    private final Ending ending;
    private final Consumer<String> say;

    DemoJourney(Server server, Ending ending, Consumer<String> say) {
        this.server = server;
        this.ending = ending;
        this.say = say;
    }

    /// The page and who may sign in there.
    void announce() {
        say.accept("page: " + server.part(ServerSettings.class).page(server.port()));
        server.firstPassword().ifPresent(first -> {
            say.accept("user: " + first.user());
            say.accept("password: " + first.password().reveal());
        });
    }

    /// Sends a download through the whole pipeline and prints its link.
    ///
    /// @throws InterruptedException when the demo is asked to end meanwhile
    void send(String name) throws IOException, InterruptedException {
        say.accept("Sending '" + name + "' ...");
        var download = awaited(() -> ready(name), "'" + name + "' did not become ready");
        var pack = switch (server.part(Packing.class)
                .request(PackRequest.of(download.id().value()), BY, null)) {
            case PackAnswer.Accepted(var accepted) -> accepted;
            case PackAnswer.Refused(var reason, var why) -> throw new IOException(why);
        };
        var sealed = awaited(() -> settled(pack), "'" + name + "' was not sent in time");
        if (sealed.state() != PackState.READY) throw new IOException("'" + name + "' was not sent: " + sealed.error());
        say.accept("link: " + link(sealed));
    }

    private Optional<Download> ready(String name) {
        return server.part(Downloads.class).list(BrowseQuery.newest(BrowseQuery.MOST)).downloads().stream()
                .filter(download -> download.name().equals(name))
                .filter(download -> download.readiness().ready())
                .findFirst();
    }

    private Optional<Pack> settled(Pack pack) {
        return server.part(Packs.class)
                .find(pack.id())
                .filter(now -> now.state() == PackState.READY || now.state() == PackState.FAILED);
    }

    private String link(Pack pack) throws IOException {
        return switch (server.part(ShareLinks.class).create(pack, LinkLifetime.DEFAULT, BY)) {
            case LinkAnswer.Created created ->
                server.part(LinkAddresses.class).page(created.token()).toString();
            case LinkAnswer.Refused refused -> throw new IOException(refused.toString());
        };
    }

    private <T> T awaited(Supplier<Optional<T>> question, String otherwise) throws IOException, InterruptedException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            var answer = question.get();
            if (answer.isPresent()) return answer.get();
            ending.pause(LOOK_EVERY);
        }
        throw new IOException(otherwise);
    }
}
