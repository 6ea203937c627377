package dev.transpack.fetching;

import dev.transpack.fetching.FetchPart.Stretch;
import dev.transpack.uploading.PackManifest.Place;
import dev.transpack.uploading.PackManifest.VolumeFacts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Which parts hold the wanted items, and what goes where. Always whole parts: their SHA-256 then speaks for every byte
/// that is written, and a small file costs one part.
///
/// @param items those that have content to be fetched, and those that are empty
/// @param parts in the order of the pack
record FetchPlan(List<Item> items, List<FetchPart> parts) {

    static FetchPlan of(List<VolumeFacts> volumes, List<Item> items) {
        var byVolume = new ArrayList<List<Stretch>>();
        for (var _ : volumes) byVolume.add(new ArrayList<>());
        var starts = volumes.stream().map(FetchPlan::starts).toList();
        for (var i = 0; i < items.size(); i++)
            for (var place : items.get(i).places())
                cut(i, place, starts.get(place.volume()), byVolume.get(place.volume()));
        var parts = new ArrayList<FetchPart>();
        var number = 0;
        for (var v = 0; v < volumes.size(); v++) {
            addParts(volumes.get(v), number, byVolume.get(v), parts);
            number += volumes.get(v).parts().size();
        }
        return new FetchPlan(List.copyOf(items), List.copyOf(parts));
    }

    /// Bytes that are to be fetched.
    long bytes() {
        return parts.stream().mapToLong(FetchPart::size).sum();
    }

    /// Bytes that the files will have.
    long fileBytes() {
        return items.stream().mapToLong(Item::size).sum();
    }

    /// Of each part of a volume, and its end.
    private static long[] starts(VolumeFacts volume) {
        var starts = new long[volume.parts().size() + 1];
        for (var i = 1; i < starts.length; i++)
            starts[i] = starts[i - 1] + volume.parts().get(i - 1).size();
        return starts;
    }

    /// Stretches stand by their offset within the volume here.
    private static void cut(int item, Place place, long[] starts, List<Stretch> stretches) {
        var end = place.offset() + place.length();
        var found = Arrays.binarySearch(starts, place.offset());
        var part = found >= 0 ? found : -found - 2;
        for (var at = place.offset(); at < end; part++) {
            var until = Math.min(end, starts[part + 1]);
            stretches.add(new Stretch(item, at, until - at, place.from() + at - place.offset()));
            at = until;
        }
    }

    private static void addParts(VolumeFacts volume, int first, List<Stretch> all, List<FetchPart> parts) {
        all.sort((a, b) -> Long.compare(a.offset(), b.offset()));
        var next = all.listIterator();
        var starts = starts(volume);
        for (var i = 0; i < volume.parts().size() && next.hasNext(); i++) {
            var within = new ArrayList<Stretch>();
            while (next.hasNext() && all.get(next.nextIndex()).offset() < starts[i + 1]) {
                var one = next.next();
                within.add(new Stretch(one.item(), one.offset() - starts[i], one.length(), one.from()));
            }
            if (within.isEmpty()) continue;
            var facts = volume.parts().get(i);
            parts.add(new FetchPart(
                    first + i, volume.name(), starts[i], facts.size(), facts.sha256(), List.copyOf(within)));
        }
    }
}
