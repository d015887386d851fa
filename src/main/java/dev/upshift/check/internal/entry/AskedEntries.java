package dev.upshift.check.internal.entry;

import dev.upshift.check.Finding;
import dev.upshift.check.ForgottenEntries;
import dev.upshift.check.Place;
import dev.upshift.check.internal.entry.EntryTrial.Whereabouts;
import dev.upshift.pooler.EntryServers;
import dev.upshift.pooler.PoolerConsole;
import dev.upshift.pooler.PoolerConsole.DatabaseEntry;
import dev.upshift.pooler.PoolerConsole.ServerConnection;
import dev.upshift.pooler.PoolerConsoles;
import dev.upshift.project.Cluster;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.FanOut;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Looks at all entries that a pooler has, in its file or not, and asks where those lead that nobody knows. */
@Component
final class AskedEntries implements ForgottenEntries {

    private static final Duration CONSOLE = Duration.ofSeconds(4);

    /** Entries asked at a time: each is a client of the pooler for a moment. */
    private static final int AT_ONCE = 8;

    private final PoolerConsoles consoles;
    private final EntryServers servers;
    private final LeftServers left;

    AskedEntries(PoolerConsoles consoles, EntryServers servers, LeftServers left) {
        this.consoles = consoles;
        this.servers = servers;
        this.left = left;
    }

    @Override
    public List<Finding> of(Asked asked) {
        try (PoolerConsole console = consoles.open(asked.pooler(), CONSOLE)) {
            List<DatabaseEntry> shown = console.databases();
            List<Candidate> running = shown.stream()
                    .filter(entry -> asked.databases().contains(entry.database()))
                    .map(Candidate::of)
                    .toList();
            List<Candidate> lookups = new LookupEntries(asked, shown, console.config())
                    .staying(mapped(asked)).stream()
                            .filter(entry -> !asked.databases().contains(entry.database()))
                            .toList();
            List<ServerConnection> connections = console.servers();
            return Stream.concat(objections(asked, running, connections).stream(), lookups(asked, lookups, connections))
                    .toList();
        }
    }

    private List<Finding> objections(Asked asked, List<Candidate> running, List<ServerConnection> connections) {
        List<Endpoint> cluster = addresses(asked.cluster());
        Set<String> mapped = mapped(asked);
        List<Candidate> file = asked.file().entriesFor(asked.databases()).stream()
                .map(Candidate::of)
                .toList();
        Set<String> inFile = file.stream().map(Candidate::name).collect(Collectors.toSet());
        List<Candidate> spelledOtherwise = Stream.concat(file.stream(), running.stream())
                .filter(entry -> !isSpelledAs(entry, cluster) && !isSpelledAs(entry, addresses(asked.other())))
                .distinct()
                .toList();
        return Stream.concat(
                        running.stream()
                                .filter(entry -> isSpelledAs(entry, cluster) && !mapped.contains(entry.name()))
                                .map(entry -> notInFile(asked, entry)),
                        asked(asked, spelledOtherwise, connections, inFile))
                .distinct()
                .toList();
    }

    /** Clients of these do not matter, but that the passwords of others are looked up there. */
    private Stream<Finding> lookups(Asked asked, List<Candidate> entries, List<ServerConnection> connections) {
        List<Candidate> untold = entries.stream()
                .filter(entry -> !isSpelledAs(entry, addresses(asked.other())))
                .toList();
        if (untold.isEmpty()) {
            return Stream.of();
        }
        LeftServer server = left.look(
                asked.cluster(),
                asked.databases(),
                untold.stream().map(Candidate::database).toList());
        EntryTrial trial = new EntryTrial(servers, asked, () -> server);
        return untold.stream()
                .flatMap(entry -> LookupObjection.of(
                        asked,
                        entry,
                        isSpelledAs(entry, addresses(asked.cluster()))
                                ? Whereabouts.THERE
                                : trial.of(entry, of(entry, connections)))
                        .stream());
    }

    private static Set<String> mapped(Asked asked) {
        return Set.copyOf(asked.file().entriesLeadingTo(addresses(asked.cluster()), asked.databases()));
    }

    private Stream<Finding> asked(
            Asked asked, List<Candidate> entries, List<ServerConnection> connections, Set<String> inFile) {
        if (entries.isEmpty()) {
            return Stream.of();
        }
        LeftServer server = left.look(asked.cluster(), asked.databases(), List.of());
        EntryTrial trial = new EntryTrial(servers, asked, () -> server);
        return FanOut.atOnce(AT_ONCE)
                .seeThrough(entries, entry -> objection(asked, entry, trial.of(entry, of(entry, connections)), inFile))
                .stream()
                .flatMap(Optional::stream);
    }

    private static List<ServerConnection> of(Candidate entry, List<ServerConnection> connections) {
        return connections.stream()
                .filter(connection -> connection.entry().equals(entry.name()))
                .toList();
    }

    private static Optional<Finding> objection(Asked asked, Candidate entry, Whereabouts where, Set<String> inFile) {
        return switch (where) {
            case ELSEWHERE -> Optional.empty();
            case THERE ->
                Optional.of(inFile.contains(entry.name()) ? spelledOtherwise(asked, entry) : notInFile(asked, entry));
            case UNTOLD ->
                Optional.of(finding(
                        asked,
                        entry,
                        "the entry %s uses %s, so it cannot be told whether it leads to the %s."
                                .formatted(
                                        entry.name(),
                                        entry.address(),
                                        asked.side().word()),
                        "Give it a host name or address that means the same server everywhere, and RELOAD."));
        };
    }

    private static Finding spelledOtherwise(Asked asked, Candidate entry) {
        return finding(
                asked,
                entry,
                "the entry %s (%s) leads to the %s under another name: its clients would stay behind."
                        .formatted(entry.name(), entry.address(), asked.side().word()),
                "Write it with the host and port of the others, %s, and RELOAD."
                        .formatted(asked.cluster().peer().address()));
    }

    private static Finding notInFile(Asked asked, Candidate entry) {
        return finding(
                asked,
                entry,
                "it has an entry %s that leads to the %s as well, but %s does not show it."
                        .formatted(
                                entry.name(),
                                asked.side().word(),
                                asked.pooler().configuration().path()),
                "Bring all entries for %s into that file, and RELOAD.".formatted(entry.database()));
    }

    private static Finding finding(Asked asked, Candidate entry, String reason, String remedy) {
        return new Finding(Place.at(asked.pooler().name()), List.of(entry.name()), reason, remedy);
    }

    /** One of a list is enough, as it is for the mapping, which says what is wrong with a list. */
    private static boolean isSpelledAs(Candidate entry, List<Endpoint> cluster) {
        return entry.hosts().anyMatch(host -> cluster.stream().anyMatch(server -> server.isAt(host, entry.port())));
    }

    private static List<Endpoint> addresses(Cluster cluster) {
        return Stream.of(cluster.peer(), cluster.endpoint()).distinct().toList();
    }
}
