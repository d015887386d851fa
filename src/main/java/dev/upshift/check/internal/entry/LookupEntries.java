package dev.upshift.check.internal.entry;

import dev.upshift.check.ForgottenEntries.Asked;
import dev.upshift.pooler.PoolerConfiguration;
import dev.upshift.pooler.PoolerConfiguration.Entry;
import dev.upshift.pooler.PoolerConsole.DatabaseEntry;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The entries through which a pooler looks up the passwords of clients whose entries move ({@code auth_dbname}, known
 * from 1.19 on), and which do not move themselves. Their databases need not be among those that move.
 */
final class LookupEntries {

    private final PoolerConfiguration file;
    private final List<DatabaseEntry> running;
    private final Map<String, String> config;

    /**
     * @param running the entries of the running pooler, of all databases
     * @param config the pooler's {@code SHOW CONFIG}
     */
    LookupEntries(Asked asked, List<DatabaseEntry> running, Map<String, String> config) {
        this.file = asked.file();
        this.running = running;
        this.config = config;
    }

    /** @param mapped names of the entries that move */
    List<Candidate> staying(Set<String> mapped) {
        Set<String> names = new TreeSet<>();
        for (String entry : mapped) {
            String name = setting(entry, "auth_dbname");
            if (!name.isEmpty() && !setting(entry, "auth_user").isEmpty() && !mapped.contains(name)) {
                names.add(name);
            }
        }
        return names.stream().flatMap(name -> entry(name).stream()).toList();
    }

    private String setting(String entry, String name) {
        return file.parameter(entry, name).orElseGet(() -> config.getOrDefault(name, ""));
    }

    /** The running pooler knows best, be it from another file; one that it has not used yet may come from the fallback. */
    private Optional<Candidate> entry(String name) {
        return running.stream()
                .filter(entry -> entry.name().equals(name))
                .map(Candidate::of)
                .findFirst()
                .or(() -> inFile(name).map(Candidate::of))
                .or(() -> inFile("*").map(fallback -> fallen(fallback, name)));
    }

    private Optional<Entry> inFile(String name) {
        return file.entries().stream()
                .filter(entry -> entry.name().equals(name))
                .reduce((earlier, later) -> later);
    }

    private static Candidate fallen(Entry fallback, String name) {
        String database = Objects.equals(fallback.database(), "*") ? name : fallback.database();
        return new Candidate(name, fallback.host(), fallback.port(), database, false);
    }
}
