package dev.upshift.check;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** What several checks of a list look at is read once; by two that look at the same moment, once each. */
public final class Memo {

    private final Map<Object, Object> known = new ConcurrentHashMap<>();

    /**
     * @param key of its own for each thing that is read
     * @param read is asked once, unless it throws
     */
    @SuppressWarnings("unchecked") // whoever chooses a key always reads the same kind of thing
    public <T> T once(Object key, Supplier<T> read) {
        Object found = known.get(key);
        if (found == null) {
            found = read.get();
            known.put(key, found);
        }
        return (T) found;
    }
}
