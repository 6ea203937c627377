package dev.transpack.web;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Turns what is into what changed, as numbered messages in the form of `text/event-stream`, and remembers the last of
/// them for those who were away a moment. Not for several threads.
final class EventsHistory {
    private static final int REMEMBERED = 1_000;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// Something that is gone.
    record Gone(String type, String id) {}

    private record Message(long number, String text) {}

    /// Numbers of another process mean nothing here.
    private final String epoch = UUID.randomUUID().toString().substring(0, 8);

    private final ArrayDeque<Message> messages = new ArrayDeque<>();
    private Map<String, EventsItem> items = Map.of();
    private long number;

    /// Takes what is now.
    ///
    /// @return the messages that tell the difference, as one text; empty when there is none
    String advance(Map<String, EventsItem> now) {
        var news = new ArrayList<String>();
        for (var item : now.values()) if (!item.equals(items.get(item.key()))) news.add(message(item.event(), item));
        for (var item : items.values()) if (!now.containsKey(item.key())) news.add(message("gone", gone(item)));
        items = new HashMap<>(now);
        return String.join("", news);
    }

    /// What somebody who comes (again) needs: what came after their last message if that is remembered, else all.
    String welcome(@Nullable String lastEventId) {
        return since(lastEventId).orElseGet(this::snapshot);
    }

    /// All there is, as one JSON object of lists.
    String everything() {
        var lists = new HashMap<String, List<EventsItem>>(Map.of("packs", List.of(), "jobs", List.of()));
        lists.putAll(items.values().stream().collect(Collectors.groupingBy(item -> item.event() + "s")));
        return JSON.writeValueAsString(lists);
    }

    private String snapshot() {
        return frame(number, "snapshot", everything());
    }

    private Optional<String> since(@Nullable String lastEventId) {
        var prefix = epoch + "-";
        if (lastEventId == null || !lastEventId.startsWith(prefix)) return Optional.empty();
        long last;
        try {
            last = Long.parseLong(lastEventId.substring(prefix.length()));
        } catch (NumberFormatException e) {
            return Optional.empty(); // not one of ours: all there is, then
        }
        if (last > number
                || (last < number && (messages.isEmpty() || messages.getFirst().number() > last + 1)))
            return Optional.empty();
        var missed = messages.stream()
                .filter(message -> message.number() > last)
                .map(Message::text)
                .collect(Collectors.joining());
        return Optional.of(missed.isEmpty() ? ": nothing new\n\n" : missed);
    }

    private String message(String event, Object data) {
        number++;
        var text = frame(number, event, JSON.writeValueAsString(data));
        messages.addLast(new Message(number, text));
        if (messages.size() > REMEMBERED) messages.removeFirst();
        return text;
    }

    private String frame(long id, String event, String json) {
        return "id: " + epoch + "-" + id + "\nevent: " + event + "\ndata: " + json + "\n\n";
    }

    private static Gone gone(EventsItem item) {
        return new Gone(item.event(), item.key().substring(item.event().length() + 1));
    }
}
