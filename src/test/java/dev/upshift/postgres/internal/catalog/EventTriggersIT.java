package dev.upshift.postgres.internal.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.upshift.postgres.catalog.EventTriggers;
import dev.upshift.postgres.catalog.EventTriggers.EventTrigger;
import dev.upshift.postgres.internal.link.LinkSide;
import dev.upshift.postgres.internal.session.SharedServers;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.postgres.session.PostgresSessions;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.Secret;
import dev.upshift.shared.SslMode;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which event triggers fire on our statements is what the server does, and what is said before. */
@ExtendWith(SharedServers.class)
class EventTriggersIT {

    private static final String SCHEMA = """
            create table public.fired (name text);
            create function public.note() returns event_trigger language plpgsql as
                'begin insert into public.fired values (tg_event || '' '' || tg_tag); end';
            create function public.note_always() returns event_trigger language plpgsql as
                'begin insert into public.fired values (''always''); end';
            create table public.plain (id int primary key);
            create event trigger usual on ddl_command_end execute function public.note();
            create event trigger "Al ways" on ddl_command_end when tag in ('CREATE PUBLICATION', 'CREATE TABLE')
                execute function public.note_always();
            alter event trigger "Al ways" enable always;
            create event trigger off on ddl_command_start execute function public.note();
            alter event trigger off disable;
            create event trigger rewriting on table_rewrite execute function public.note();
            create event trigger tables on ddl_command_end when tag in ('ALTER TABLE') execute function public.note();
            alter event trigger tables enable replica;""";

    private final EventTriggers triggers = new ServerEventTriggers();

    @ParameterizedTest
    @ValueSource(ints = {13, 15, 17})
    void thatASuperusersSessionCannotKeepOffAreNamed(int major) {
        LinkSide side = new LinkSide(major, SCHEMA);
        try (PostgresSession ours = side.session) {
            List<EventTrigger> onLinks = triggers.firing(ours, EventTriggers.OF_LINKS);
            List<EventTrigger> onAny = triggers.firing(ours, EventTriggers.ANY);

            if (major < 17) {
                assertThat(onLinks).singleElement().satisfies(always -> {
                    assertThat(always).hasToString("\"Al ways\" (ddl_command_end, calls public.note_always)");
                    assertThat(always.remedy())
                            .isEqualTo("It is ENABLE ALWAYS; ALTER EVENT TRIGGER \"Al ways\" ENABLE");
                });
                assertThat(onAny).extracting(EventTrigger::name).containsExactly("\"Al ways\"", "tables");
            } else {
                assertThat(onAny).isEmpty();
            }

            ours.change().sql("create publication p for table public.plain").update();
            assertThat(side.value("select coalesce(string_agg(name, ','), '') from public.fired"))
                    .isEqualTo(major < 17 ? "always" : "");

            side.execute("alter event trigger \"Al ways\" enable");
            assertThat(triggers.firing(ours, EventTriggers.OF_LINKS)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 15, 17})
    void whoMayNotKeepThemOffIsToldHow(int major) {
        LinkSide side = new LinkSide(major, SCHEMA);
        side.execute("""
                do $$ begin
                    if not exists (select from pg_roles where rolname = 'powerless') then
                        create role powerless login password 'powerless';
                    end if;
                end $$""");
        side.session.close();
        String granted = switch (major) {
            case 13 -> "";
            case 15 -> "GRANT SET ON PARAMETER session_replication_role TO powerless, or ";
            default -> "GRANT SET ON PARAMETER event_triggers TO powerless, or ";
        };
        try (PostgresSession theirs = open(side)) {
            assertThat(triggers.firing(theirs, EventTriggers.OF_LINKS))
                    .extracting(EventTrigger::name, EventTrigger::remedy)
                    .containsExactly(
                            tuple(
                                    "\"Al ways\"",
                                    "Our role may not keep it off: " + granted
                                            + "ALTER EVENT TRIGGER \"Al ways\" DISABLE"),
                            tuple(
                                    "usual",
                                    "Our role may not keep it off: " + granted + "ALTER EVENT TRIGGER usual DISABLE"));
            assertThat(triggers.firing(theirs, Set.of("ALTER TABLE")))
                    .extracting(EventTrigger::name)
                    .containsExactly("usual");
        }
        if (major == 17) {
            side.execute("grant set on parameter event_triggers to powerless");
            try (PostgresSession theirs = open(side)) {
                assertThat(triggers.firing(theirs, EventTriggers.ANY)).isEmpty();
            }
            side.execute("create event trigger entering on login execute function public.note()");
            try (PostgresSession theirs = SharedServers.open(major, side.database)) {
                assertThat(triggers.firing(theirs, EventTriggers.OF_LINKS))
                        .extracting(EventTrigger::remedy)
                        .containsExactly("It fires whenever we sign in; ALTER EVENT TRIGGER entering DISABLE");
            } finally {
                side.execute("drop event trigger entering; revoke set on parameter event_triggers from powerless");
            }
            assertThat(side.value("select count(*) > 0 from public.fired where name like 'login%'"))
                    .isEqualTo("t");
        }
    }

    private static PostgresSession open(LinkSide side) {
        Endpoint superuser = SharedServers.endpoint(side.major);
        return SharedServers.SESSIONS.open(
                new Endpoint(superuser.host(), superuser.port(), "powerless", new Secret("powerless"), SslMode.PREFER),
                side.database,
                PostgresSessions.SHORT);
    }
}
