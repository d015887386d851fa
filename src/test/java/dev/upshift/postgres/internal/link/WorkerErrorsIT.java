package dev.upshift.postgres.internal.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.upshift.postgres.internal.session.SharedServers;
import dev.upshift.postgres.link.Links;
import dev.upshift.postgres.link.Links.SubscribedTable;
import dev.upshift.postgres.link.Links.SubscriptionDefinition;
import dev.upshift.postgres.link.WorkerErrors;
import dev.upshift.postgres.link.WorkerErrors.Told;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.postgres.session.PostgresSessions;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.Secret;
import dev.upshift.shared.SslMode;
import dev.upshift.shared.TableName;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Copies that fail for different reasons at once, each told in the server's own words. */
@ExtendWith(SharedServers.class)
class WorkerErrorsIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final TableName PAGES = new TableName("public", "pages");
    private static final TableName FILLED = new TableName("public", "filled");
    private static final TableName FINE = new TableName("public", "fine");

    private static final String SCHEMA = """
            create function public.plain(v text) returns text language sql immutable as 'select pg_catalog.lower(v)';
            create function public.slugify(v text) returns text language plpgsql immutable strict
                as 'begin return plain(v); end';
            create table public.pages (
                id int primary key, title text, slug text generated always as (public.slugify(title)) stored);
            create table public.filled (id int primary key);
            create table public.fine (id int primary key);
            insert into public.filled values (1);""";

    private final Links links = TestLinks.create();
    private LinkSide publisher;
    private LinkSide subscriber;

    @AfterEach
    void removeLinks() {
        if (subscriber != null) {
            subscriber.close(links);
            publisher.close(links);
        }
    }

    @ParameterizedTest
    @CsvSource({"13, 17", "17, 13"})
    void areToldInTheServersOwnWordsAndEndWithTheirCause(int from, int to) {
        publisher = new LinkSide(from, SCHEMA);
        subscriber = new LinkSide(to, SCHEMA);
        publisher.execute("insert into public.pages (id, title) values (1, 'A'); insert into public.fine values (1)");
        String link = publisher.name("failing");
        links.publish(publisher.session, link, List.of(PAGES, FILLED, FINE));
        links.createSlot(publisher.session, link);
        links.subscribe(
                subscriber.session,
                new SubscriptionDefinition(
                        link, publisher.endpoint(), publisher.database, link, link, true, false, true, false));

        WorkerErrors errors = new ServerLogs(Clock.systemUTC());
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(errors.withoutWorker(subscriber.session, link))
                        .containsExactly(FILLED, PAGES));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(new ServerLogs(Clock.systemUTC())
                                .told(subscriber.session, link)
                                .copies())
                        .containsOnlyKeys("pages", "filled"));
        Told told = new ServerLogs(Clock.systemUTC()).told(subscriber.session, link);
        assertThat(told.ofCopy(PAGES))
                .startsWith("The server says: function plain(text) does not exist")
                .contains("public.slugify(text)");
        assertThat(told.ofCopy(FILLED))
                .isEqualTo("The server says: duplicate key value violates unique constraint \"filled_pkey\".");
        assertThat(told.ofApply()).contains("do not tell why").contains("grep -A 6 '\"" + link + "\"'");

        subscriber.execute("alter function public.slugify(text) set search_path = public; truncate public.filled");
        publisher.execute("alter function public.slugify(text) set search_path = public");
        await().atMost(SOON)
                .until(() -> links.subscribedTables(subscriber.session, link).stream()
                        .allMatch(SubscribedTable::isReady));
        assertThat(errors.withoutWorker(subscriber.session, link)).isEmpty();
    }

    /** A copy that lacks what our role may not see would look like one that succeeded. */
    @Test
    void aPolicyEndsACopyInsteadOfLeavingRowsOut() {
        String schema = "create table public.private (id int primary key, tenant text)";
        publisher = new LinkSide(13, schema);
        subscriber = new LinkSide(17, schema);
        String reader = publisher.name("reader");
        publisher.execute("""
                create role %1$s login replication password 'reader';
                grant select on public.private to %1$s;
                insert into public.private values (1, '%1$s'), (2, 'another');
                create policy own on public.private using (tenant = current_user);
                alter table public.private enable row level security""".formatted(reader));
        String link = publisher.name("policy");
        TableName hidden = new TableName("public", "private");
        links.publish(publisher.session, link, List.of(hidden));
        links.createSlot(publisher.session, link);
        Endpoint ordinary = new Endpoint(
                publisher.endpoint().host(), publisher.endpoint().port(), reader, new Secret("reader"), SslMode.PREFER);
        links.subscribe(
                subscriber.session,
                new SubscriptionDefinition(link, ordinary, publisher.database, link, link, true, false, true, false));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(new ServerLogs(Clock.systemUTC())
                                .told(subscriber.session, link)
                                .ofCopy(hidden))
                        .contains("row-level security policy"));
        assertThat(subscriber.value("select count(*) from public.private")).isEqualTo("0");
        publisher.execute("alter role " + reader + " bypassrls");
        await().atMost(SOON)
                .until(() ->
                        subscriber.value("select count(*) from public.private").equals("2"));
    }

    /** Nobody but a superuser may read a server's files, unless granted. */
    @Test
    void whoMayNotReadTheLogIsToldWhereItSaysSo() {
        for (int major : new int[] {13, 17}) {
            String database = SharedServers.database(major);
            SharedServers.of(major).execute(database, """
                    do $$ begin
                        if not exists (select from pg_roles where rolname = 'curious') then
                            create role curious login password 'curious';
                        end if;
                    end $$""");
            Endpoint superuser = SharedServers.endpoint(major);
            try (PostgresSession session = SharedServers.SESSIONS.open(
                    new Endpoint(superuser.host(), superuser.port(), "curious", new Secret("curious"), SslMode.PREFER),
                    database,
                    PostgresSessions.SHORT)) {
                assertThat(new ServerLogs(Clock.systemUTC())
                                .told(session, "ours")
                                .ofCopy(PAGES))
                        .contains("our role may not read it")
                        .contains("grep -A 6 '\"ours\"'");
            }
        }
    }
}
