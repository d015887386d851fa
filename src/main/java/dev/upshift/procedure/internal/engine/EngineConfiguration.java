package dev.upshift.procedure.internal.engine;

import dev.upshift.shared.Waiting;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How patient the engine is. */
@Configuration
class EngineConfiguration {

    @Bean
    Patience patience() {
        return Patience.NORMAL;
    }

    @Bean
    Insistence insistence(Waiting waiting, Patience patience) {
        return new Insistence(waiting, patience.metadata());
    }
}
