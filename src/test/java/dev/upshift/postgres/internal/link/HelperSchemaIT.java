package dev.upshift.postgres.internal.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upshift.postgres.internal.session.SharedServers;
import dev.upshift.postgres.link.HelperSchema;
import dev.upshift.postgres.session.PostgresSession;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedServers.class)
class HelperSchemaIT {

    private final HelperSchema helper = new SentinelSchema();

    @ParameterizedTest
    @ValueSource(ints = {13, 17})
    void comesAndGoes(int major) {
        try (PostgresSession session = SharedServers.open(major, SharedServers.database(major))) {
            assertThat(helper.exists(session)).isFalse();
            assertThat(helper.comment(session)).isEmpty();

            helper.create(session);
            helper.create(session);

            assertThat(helper.exists(session)).isTrue();
            assertThat(helper.comment(session))
                    .hasValueSatisfying(comment -> assertThat(comment).contains("Upshift"));

            helper.drop(session);
            helper.drop(session);

            assertThat(helper.exists(session)).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 17})
    void keepsSentinelsForAnHour(int major) {
        try (PostgresSession session = SharedServers.open(major, SharedServers.database(major))) {
            helper.create(session);
            assertThat(helper.sees(session, "one")).isFalse();

            helper.write(session, "one");
            helper.write(session, "one");
            helper.write(session, "two");
            session.jdbc()
                    .sql("update upshift.sentinel set written_at = now() - interval '61 minutes' where token = 'one'")
                    .update();
            assertThat(helper.sees(session, "one")).isTrue();

            helper.write(session, "three");

            assertThat(helper.sees(session, "one")).isFalse();
            assertThat(helper.sees(session, "two")).isTrue();
            assertThat(helper.sees(session, "three")).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "comment on schema upshift is 'Sales, do not touch'"})
    void leavesAStrangersSchemaAlone(String comment) {
        String database = SharedServers.database(17);
        SharedServers.of(17).execute(database, "create schema upshift; create table upshift.precious ();" + comment);

        try (PostgresSession session = SharedServers.open(17, database)) {
            assertThatThrownBy(() -> helper.create(session)).hasMessageContaining("that Upshift did not make");
            assertThatThrownBy(() -> helper.drop(session)).hasMessageContaining("that Upshift did not make");

            assertThat(SharedServers.of(17)
                            .value(
                                    database,
                                    "select string_agg(relname, ',') from pg_class"
                                            + " where relnamespace = 'upshift'::regnamespace"))
                    .isEqualTo("precious");
        }
    }
}
