package dev.upshift.procedure.internal.engine;

import dev.upshift.shared.Waiting;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How patient the engine is, and who it is. */
@Configuration
class EngineConfiguration {

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

    @Bean
    Insistence insistence(Waiting waiting, Patience patience) {
        return new Insistence(waiting, patience.metadata());
    }
}
