package dev.upshift.monitoring.internal.poll;

import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerCustomizer;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.upshift.monitoring.internal.history.Retention;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The recurring work of this module, in the schedule that all control planes share, and what a node does for itself. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class SchedulerConfiguration {

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);

    @Bean
    com.github.kagkarlsson.scheduler.Clock scheduleClock(Clock clock) {
        return clock::instant;
    }

    @Bean
    DbSchedulerCustomizer schedulerThreads() {
        return new DbSchedulerCustomizer() {
            @Override
            public Optional<ExecutorService> executorService() {
                return Optional.of(Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("schedule-", 0).factory()));
            }
        };
    }

    /** One instance per project. */
    @Bean
    Task<Void> replicationPoll(PollTask poll) {
        return Tasks.custom(PollTask.DESCRIPTOR)
                .onFailureReschedule(FixedDelay.of(AFTER_FAILURE))
                .onDeadExecutionRevive()
                .execute(poll);
    }

    /** Puts right what an event that was lost, or a restored database, may have left behind. */
    @Bean
    Task<Void> pollUpkeep(PollSchedule schedule) {
        return Tasks.recurring("replication-poll-upkeep", FixedDelay.ofMinutes(1))
                .execute((instance, context) -> schedule.catchUp());
    }

    @Bean
    Task<Void> historyThinning(Retention retention) {
        return Tasks.recurring("replication-history-thinning", FixedDelay.ofMinutes(5))
                .execute((instance, context) -> retention.thinOut());
    }
}
