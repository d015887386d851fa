package dev.upshift.check.internal;

import dev.upshift.check.Finding;
import dev.upshift.check.ForgottenEntries;
import dev.upshift.pooler.ConfigurationStore;
import dev.upshift.pooler.ConfigurationStore.StoreFailed;
import dev.upshift.pooler.ConfigurationStores;
import dev.upshift.pooler.PoolerConfiguration;
import dev.upshift.pooler.PoolerConsole;
import dev.upshift.pooler.PoolerConsole.CommandRefused;
import dev.upshift.pooler.PoolerConsoles;
import dev.upshift.pooler.PoolerUnreachable;
import dev.upshift.project.InvalidProject.FieldProblem;
import dev.upshift.project.ProjectDraft;
import dev.upshift.shared.PoolerAddress;
import dev.upshift.shared.Side;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Opens a pooler's console and its configuration and looks whether they can be used for a switch. */
@Component
final class PoolerTrial {

    private static final Duration CONSOLE = Duration.ofSeconds(4);

    private final PoolerConsoles consoles;
    private final ConfigurationStores stores;
    private final ForgottenEntries forgotten;

    PoolerTrial(PoolerConsoles consoles, ConfigurationStores stores, ForgottenEntries entries) {
        this.consoles = consoles;
        this.stores = stores;
        this.forgotten = entries;
    }

    /** Tries the pooler at this place in the draft's list. */
    PoolerAnswer of(ProjectDraft draft, int index) {
        PoolerAddress pooler = draft.poolers().get(index);
        String field = "poolers[" + index + "]";
        List<FieldProblem> problems = new ArrayList<>();
        Optional<PoolerConfiguration> configuration = configuration(pooler, field, problems);
        Optional<RunningPooler> running = running(pooler, field, problems);
        List<FieldProblem> entries = configuration.map(text -> MappedEntries.of(draft, pooler, text)).stream()
                .flatMap(mapped -> Stream.concat(
                        new FileEntryRules(mapped).complaints(),
                        running.stream().flatMap(seen -> complaints(mapped, seen))))
                .map(complaint -> new FieldProblem(field + ".config.path", complaint))
                .toList();
        return new PoolerAnswer(
                List.copyOf(problems),
                entries,
                running.map(RunningPooler::version).orElse(""));
    }

    private Stream<String> complaints(MappedEntries mapped, RunningPooler running) {
        return Stream.concat(
                new RunningEntryRules(mapped, running).complaints(),
                Arrays.stream(Side.values())
                        .flatMap(side ->
                                forgotten.of(mapped.asked(side)).stream().map(Finding::sentence)));
    }

    private Optional<PoolerConfiguration> configuration(
            PoolerAddress pooler, String field, List<FieldProblem> problems) {
        try {
            ConfigurationStore store = stores.of(pooler.configuration());
            PoolerConfiguration configuration = store.read(pooler.configuration());
            store.probe(pooler.configuration());
            return Optional.of(configuration);
        } catch (IllegalArgumentException e) {
            problems.add(new FieldProblem(field + ".config.type", String.valueOf(e.getMessage())));
        } catch (StoreFailed e) {
            problems.add(new FieldProblem(field + ".config.path", String.valueOf(e.getMessage())));
        }
        return Optional.empty();
    }

    private Optional<RunningPooler> running(PoolerAddress pooler, String field, List<FieldProblem> problems) {
        try (PoolerConsole console = consoles.open(pooler, CONSOLE)) {
            return Optional.of(RunningPooler.seenOn(console));
        } catch (PoolerUnreachable e) {
            problems.add(new FieldProblem(field + "." + fieldOf(e.reason()), String.valueOf(e.getMessage())));
        } catch (CommandRefused e) {
            problems.add(new FieldProblem(field + ".host", String.valueOf(e.getMessage())));
        }
        return Optional.empty();
    }

    private static String fieldOf(PoolerUnreachable.Reason reason) {
        return switch (reason) {
            case HOST_UNKNOWN, TIMED_OUT, LOST, OTHER -> "host";
            case REFUSED -> "port";
            case AUTHENTICATION -> "password";
            case NOT_ADMIN -> "username";
        };
    }
}
