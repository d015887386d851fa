package dev.upshift.matrix;

import dev.upshift.pooler.PoolerConfiguration;
import dev.upshift.pooler.PoolerConfiguration.Entry;
import dev.upshift.pooler.internal.configuration.IniTexts;
import dev.upshift.shared.PoolerAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A PgBouncer with its configuration file. What is paused stays paused until somebody resumes it. */
final class Pooler {
    final PoolerAddress address;
    final Set<String> paused = new TreeSet<>();
    Map<String, Entry> entries = Map.of();
    PoolerConfiguration file;

    /** Entries after DISABLE: nobody can sign in. */
    final Set<String> disabled = new TreeSet<>();

    /** So many attempts to hold its clients meet server connections that are being opened. */
    int restless;

    /** Whether a transaction that does not end keeps a server connection in use. */
    boolean busy;

    /** What lies beside the file, not in force. */
    @Nullable PoolerConfiguration staged;

    /** Its connections to servers end with each restart. */
    int restarts;

    /** Whether its console answers. */
    boolean answers = true;

    Pooler(PoolerAddress address, String text) {
        this.address = address;
        this.file = IniTexts.of(text);
        reload();
    }

    String name() {
        return address.name();
    }

    /** RELOAD keeps what is paused, as long as the entry is there. */
    void reload() {
        Map<String, Entry> read = new LinkedHashMap<>();
        file.entries().forEach(entry -> read.put(entry.name(), entry));
        entries = read;
        paused.retainAll(read.keySet());
    }

    /** A restarted PgBouncer pauses nothing, and reads what its file says. */
    void restart() {
        restarts++;
        paused.clear();
        reload();
    }
}
