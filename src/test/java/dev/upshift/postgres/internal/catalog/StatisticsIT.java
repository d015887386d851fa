package dev.upshift.postgres.internal.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.postgres.internal.session.SharedServers;
import dev.upshift.postgres.session.PostgresSession;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedServers.class)
class StatisticsIT {

    @ParameterizedTest
    @ValueSource(ints = {13, 18})
    void thePlannerKnowsWhatIsThereAfterwards(int major) {
        String database = SharedServers.database(major);
        SharedServers.of(major).execute(database, """
                create table public.goods (id int primary key) with (autovacuum_enabled = off);
                insert into public.goods select generate_series(1, 5000)
                """);

        try (PostgresSession session = SharedServers.open(major, database)) {
            new SqlStatistics().analyze(session);

            assertThat(session.jdbc()
                            .sql("select reltuples::int from pg_class where relname = 'goods'")
                            .query(Integer.class)
                            .single())
                    .isEqualTo(5000);
        }
    }
}
