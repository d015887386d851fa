package dev.upshift.shared.internal;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The one clock that everything is told by, times of day and deadlines alike. */
@Configuration(proxyBeanMethods = false)
class ClockConfiguration {

    @Bean
    Clock clock() {
        return new SteadyClock(Clock.systemUTC(), System::nanoTime);
    }
}
