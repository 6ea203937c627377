package dev.transpack.uploading;

import dev.transpack.uploading.ObjectStore.OpenUpload;
import dev.transpack.uploading.ObjectStore.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// Looks at many objects, a few at a time.
public final class ObjectLooks {
    private static final int AT_A_TIME = 16;

    private ObjectLooks() {}

    /// What each of these is now, in their order.
    public static List<Optional<StoredObject>> at(ObjectStore store, List<ObjectKey> keys, Retries retries)
            throws StoreException, InterruptedException {
        return each(keys, key -> retries.call(() -> store.find(key)));
    }

    /// The uploads of these keys that neither ended nor were aborted.
    public static List<OpenUpload> openUploads(ObjectStore store, List<ObjectKey> keys)
            throws StoreException, InterruptedException {
        return each(keys, store::openUploads).stream().flatMap(List::stream).toList();
    }

    private interface Look<T> {
        T at(ObjectKey key) throws StoreException, InterruptedException;
    }

    private static <T> List<T> each(List<ObjectKey> keys, Look<T> look) throws StoreException, InterruptedException {
        var found = new ArrayList<T>(keys.size());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var from = 0; from < keys.size(); from += AT_A_TIME) {
                var some = keys.subList(from, Math.min(from + AT_A_TIME, keys.size())).stream()
                        .map(key -> (Callable<T>) () -> look.at(key))
                        .toList();
                for (var answer : threads.invokeAll(some)) found.add(answer.get());
            }
        } catch (ExecutionException e) {
            throw told(e.getCause());
        }
        return found;
    }

    private static StoreException told(@Nullable Throwable cause) throws InterruptedException {
        return switch (cause) {
            case StoreException e -> e;
            case InterruptedException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case null, default -> throw new IllegalStateException(cause);
        };
    }
}
