package dev.upshift.engine.internal.run;

import dev.upshift.engine.internal.lease.LeaseTerms;
import dev.upshift.engine.internal.lease.Owner;
import dev.upshift.engine.internal.record.Retries;
import dev.upshift.engine.internal.walk.Patience;
import dev.upshift.engine.procedure.Ownership;
import dev.upshift.engine.procedure.Ports;
import dev.upshift.pooler.PoolerPorts;
import dev.upshift.postgres.ServerPorts;
import dev.upshift.project.Projects;
import dev.upshift.records.Records;
import dev.upshift.shared.Timing;
import dev.upshift.shared.Waiting;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How patient the engine is, and who it is. */
@Configuration
class EngineConfiguration {

    /** For what belongs to no run; a run gets them for its owner only. */
    @Bean
    Ports ports(ServerPorts servers, PoolerPorts poolers, Records records, Projects projects, Waiting waiting) {
        return new Ports(servers, poolers, records, projects, Timing.of(waiting), Ownership.UNDISPUTED);
    }

    @Bean
    Patience patience() {
        return Patience.NORMAL;
    }

    @Bean
    LeaseTerms leaseTerms() {
        return LeaseTerms.NORMAL;
    }

    @Bean
    Owner owner() {
        return Owner.thisProcess();
    }

    /** Of runs that their owner has left. */
    @Bean
    Retries takeUps(Waiting waiting, Clock clock) {
        return Retries.everLater(Duration.ofSeconds(1), Duration.ofMinutes(1), waiting, clock);
    }

    /** Of writes to the metadata database. */
    @Bean
    Retries retries(Waiting waiting, Patience patience, Clock clock) {
        return Retries.every(patience.metadata(), waiting, clock);
    }
}
