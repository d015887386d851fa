package dev.upshift.monitoring.web;

import dev.upshift.monitoring.DirectClients;
import dev.upshift.monitoring.Monitoring;
import dev.upshift.monitoring.TableProgress.State;
import dev.upshift.monitoring.TableQuery;
import dev.upshift.monitoring.TableQuery.Sort;
import dev.upshift.project.Projects;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.constraints.Min;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The state of replication as it was last seen. No request here reaches a cluster. */
@RestController
@RequestMapping("/api/v1/projects/{slug}")
class ReplicationController {

    private static final Duration DEFAULT_SPAN = Duration.ofMinutes(15);

    private final Projects projects;
    private final Monitoring monitoring;
    private final DirectClients directClients;
    private final Clock clock;

    ReplicationController(Projects projects, Monitoring monitoring, DirectClients directClients, Clock clock) {
        this.projects = projects;
        this.monitoring = monitoring;
        this.directClients = directClients;
        this.clock = clock;
    }

    /** The latest snapshot. */
    @Operation(summary = "The latest look at the project, with its health")
    @GetMapping("/replication")
    ReplicationView replication(@PathVariable String slug) {
        projects.get(slug);
        return monitoring.latest(slug).map(ReplicationView::of).orElseGet(ReplicationView::notSampledYet);
    }

    /**
     * The course of lag, retained WAL and ready tables.
     *
     * @param since the last fifteen minutes if not given
     */
    @Operation(summary = "The course of lag, retained WAL and ready tables")
    @GetMapping("/replication/samples")
    SampleList samples(@PathVariable String slug, @RequestParam(required = false) @Nullable Instant since) {
        projects.get(slug);
        return new SampleList(
                monitoring.samples(slug, since == null ? clock.instant().minus(DEFAULT_SPAN) : since));
    }

    /** Clients of the serving side that came without a pooler, during the last fourteen days. */
    @Operation(summary = "Clients of the serving side that came past the poolers, in the last fourteen days")
    @GetMapping("/direct-clients")
    DirectClientList directClients(@PathVariable String slug) {
        return new DirectClientList(directClients.of(slug));
    }

    /**
     * The tables and how far each is; all of them on one page if not asked otherwise.
     *
     * @param state only these states
     * @param name only tables whose schema, name or database contains this
     * @param page from 0
     */
    @Operation(summary = "The tables and how far each is")
    @GetMapping("/tables")
    TableList tables(
            @PathVariable String slug,
            @RequestParam(defaultValue = "") Set<State> state,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "NAME") Sort sort,
            @RequestParam(defaultValue = "false") boolean descending,
            @RequestParam(defaultValue = "0") @Min(0) int page,
            @RequestParam(defaultValue = "2147483647") @Min(1) int size) {
        projects.get(slug);
        return TableList.of(monitoring.tables(slug, new TableQuery(state, name, sort, descending, page, size)));
    }
}
