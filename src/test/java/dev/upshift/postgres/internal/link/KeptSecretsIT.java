package dev.upshift.postgres.internal.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.upshift.lab.LabDirectory;
import dev.upshift.lab.PostgresCluster;
import dev.upshift.postgres.internal.session.QuietServer;
import dev.upshift.postgres.internal.session.SharedServers;
import dev.upshift.postgres.link.Links;
import dev.upshift.postgres.link.Links.LinkRefused;
import dev.upshift.postgres.link.Links.SubscriptionDefinition;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.postgres.session.PostgresSessions;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.Secret;
import dev.upshift.shared.SslMode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that write down every statement, in their log and in pg_stat_statements, as where people look closely. */
class KeptSecretsIT {

    private static final String PASSWORD = "kept-secret";
    private static final LabDirectory DIRECTORY = LabDirectory.create();
    private static final Map<Integer, PostgresCluster> SERVERS = new ConcurrentHashMap<>();

    private final Links links = TestLinks.create();

    @AfterAll
    static void stop() {
        SERVERS.values().parallelStream().forEach(PostgresCluster::close);
        DIRECTORY.close();
    }

    @ParameterizedTest
    @CsvSource({"13, chief", "17, chief", "17, clerk"})
    void passwordOfTheOtherServerIsWrittenNowhere(int major, String user) {
        server(major);
        Endpoint publisher = endpoint(major, user, PASSWORD);
        try (PostgresSession session = open(major, user)) {
            links.probe(session, publisher, "publisher", "everything");
            assertThatThrownBy(() -> links.probe(session, endpoint(major, user, "wrong-secret"), "publisher", "x"))
                    .isInstanceOf(LinkRefused.class);
            links.subscribe(
                    session,
                    new SubscriptionDefinition(
                            "kept", publisher, "publisher", "everything", "kept", false, false, false, false));

            assertThat(written(major)).contains("pg_subscription").doesNotContain("-secret");
            assertThat(log(major)).contains("pg_subscription").doesNotContain("-secret");
            assertThat(session.jdbc()
                            .sql("select string_agg(setting, ' ' order by name) from pg_settings where name in"
                                    + " ('log_statement', 'log_min_error_statement', 'pg_stat_statements.track_utility',"
                                    + " 'track_activities')")
                            .query(String.class)
                            .single())
                    .as("as before for everything else")
                    .isEqualTo("error all on on");
            links.dropSubscription(session, "kept");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 17})
    void verifiersThatAreSetByABlockAreWrittenNowhere(int major) {
        server(major);
        try (PostgresSession session = open(major, "chief")) {
            session.inTransaction(() -> {
                session.jdbc()
                        .sql(QuietServer.inTransaction(session.version()))
                        .query()
                        .listOfRows();
                session.change()
                        .sql("select set_config('test.verifier', :verifier, true)")
                        .param("verifier", PASSWORD)
                        .query()
                        .listOfRows();
                return session.change()
                        .sql("do $$ begin execute 'alter role clerk password '"
                                + " || quote_literal(current_setting('test.verifier')); end $$")
                        .update();
            });
        }

        assertThat(written(major)).doesNotContain("-secret");
        assertThat(log(major)).doesNotContain("-secret");
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 17})
    void whatWasProvenIsNotTriedWithEachPlan(int major) {
        server(major)
                .execute("subscriber", "set pg_stat_statements.track = 'none'; alter role helper password 'first'");
        try (PostgresSession session = open(major, "chief")) {
            Endpoint helper = endpoint(major, "helper", "first");
            links.probe(session, helper, "publisher", "everything");
            server(major).execute("subscriber", "alter role helper password 'second'");

            links.probe(session, helper, "publisher", "everything");
            links.forgetProbes();
            assertThatThrownBy(() -> links.probe(session, helper, "publisher", "everything"))
                    .isInstanceOf(LinkRefused.class)
                    .hasMessageContaining("password authentication failed");
        }
    }

    private static String written(int major) {
        return server(major).rows("subscriber", "select query from pg_stat_statements").stream()
                .map(row -> String.valueOf(row.get("query")))
                .collect(Collectors.joining("\n"));
    }

    private static String log(int major) {
        return server(major).log();
    }

    private static PostgresSession open(int major, String user) {
        return SharedServers.SESSIONS.open(endpoint(major, user, PASSWORD), "subscriber", PostgresSessions.SHORT);
    }

    private static Endpoint endpoint(int major, String user, String password) {
        return new Endpoint(PostgresCluster.HOST, server(major).port(), user, new Secret(password), SslMode.PREFER);
    }

    private static PostgresCluster server(int major) {
        return SERVERS.computeIfAbsent(major, KeptSecretsIT::start);
    }

    private static PostgresCluster start(int major) {
        PostgresCluster server = PostgresCluster.of(major, DIRECTORY)
                .named("writes-down-" + major)
                .durable(false)
                .setting("shared_preload_libraries", "pg_stat_statements, auto_explain")
                .setting("pg_stat_statements.track", "all")
                .setting("auto_explain.log_min_duration", "0")
                .start();
        server.execute("postgres", "create database publisher");
        server.execute("postgres", "create database subscriber");
        server.execute("subscriber", "create extension pg_stat_statements");
        server.execute("publisher", "create publication everything for all tables");
        // Not to be written down by itself.
        server.execute("subscriber", """
                set pg_stat_statements.track = 'none';
                create role chief superuser login password 'kept-secret';
                create role clerk login replication password 'kept-secret';
                create role helper login replication;
                grant create on database subscriber to clerk;
                """);
        if (major >= 16) {
            server.execute("subscriber", """
                    grant pg_create_subscription to clerk;
                    grant set on parameter log_statement, log_min_error_statement, log_min_duration_statement,
                        log_min_duration_sample, log_transaction_sample_rate, track_activities,
                        pg_stat_statements.track, pg_stat_statements.track_utility, auto_explain.log_min_duration to clerk;
                    """);
        }
        for (String setting : new String[] {
            "log_statement = 'all'", "log_min_duration_statement = 0", "log_transaction_sample_rate = 1"
        }) {
            server.execute("subscriber", "alter system set " + setting);
        }
        server.execute("subscriber", "select pg_reload_conf()");
        await().until(() ->
                server.value("subscriber", "show log_transaction_sample_rate").equals("1"));
        return server;
    }
}
