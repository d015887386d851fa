package dev.upshift.postgres.internal.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upshift.postgres.catalog.UnqualifiedCalls.UnqualifiedCall;
import dev.upshift.postgres.internal.link.LinkSide;
import dev.upshift.postgres.internal.session.SharedServers;
import dev.upshift.postgres.session.PostgresSession;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedServers.class)
class UnqualifiedCallsIT {

    @ParameterizedTest
    @ValueSource(ints = {13, 17})
    void areFoundWhereACopyWouldMeetThem(int major) {
        LinkSide side = new LinkSide(major, """
                create schema tools;
                create function tools.plain(v text) returns text language sql immutable as 'select lower(v)';
                create function public.dashed(v text) returns text language plpgsql immutable
                    as 'begin return replace(plain (v), '' '', ''-''); end';
                create function public.pinned(v text) returns text language plpgsql immutable set search_path = tools
                    as 'begin return plain(v); end';
                create function public.neat(v text) returns text language plpgsql immutable
                    as 'begin return tools.plain(v); end';
                create function public.unused(v text) returns text language plpgsql immutable
                    as 'begin return plain(v); end';
                set search_path = public, tools;
                create table page (
                    id int primary key, title text, slug text generated always as (public.dashed(title)) stored,
                    a text generated always as (public.pinned(title)) stored,
                    b text generated always as (public.neat(title)) stored, c text default public.unused('x'));""");
        try (PostgresSession session = side.session) {
            assertThat(new FunctionTexts().of(session))
                    .singleElement()
                    .extracting(call -> call.reason() + " " + call.remedy())
                    .isEqualTo("the function public.dashed(text), which a generated column of public.page uses, calls"
                            + " tools.plain without its schema and fails where search_path is empty, as in a restore, a"
                            + " copy or an index build. ALTER FUNCTION public.dashed(text) SET search_path ="
                            + " pg_catalog, tools;");

            side.execute("alter function public.dashed(text) set search_path = pg_catalog, tools");
            assertThat(new FunctionTexts().of(session)).isEmpty();
            side.execute("""
                    alter function public.dashed(text) reset search_path;
                    alter table page drop column slug;
                    set search_path = public, tools;
                    create index on page (public.dashed(title)); create index on page (public.dashed(title || 'x'));""");
            assertThat(new FunctionTexts().of(session))
                    .singleElement()
                    .extracting(UnqualifiedCall::usedBy)
                    .asString()
                    .startsWith("index public.page_");
        }
    }

    /** An extension's function in an expression that somebody has made an index of, in the language SQL. */
    @ParameterizedTest
    @ValueSource(ints = {13, 17})
    void areFoundInTheLanguageSqlAndTheRemedyHelps(int major) {
        LinkSide side = new LinkSide(major, """
                create extension unaccent with schema public;
                create function public.fold(v text) returns text language sql immutable strict
                    as $$ select lower(public.unaccent(v)) $$;
                create function public.bound(v text) returns text language sql immutable strict
                    as $$ select lower(public.unaccent(v)) $$;
                create table public.people (id int primary key, name text not null);
                insert into public.people select g, 'Ångström ' || g from generate_series(1, 50) g;
                create index people_fold on public.people (fold(name));
                create or replace function public.fold(v text) returns text language sql immutable strict
                    as $$ select lower(unaccent(v)) $$; -- from 17 on an index is built with it only before
                create index people_bound on public.people (bound(name));""");
        String build = "set search_path = ''; create index on public.people (public.fold(name), id)";
        try (PostgresSession session = side.session) {
            assertThat(new FunctionTexts().of(session))
                    .singleElement()
                    .extracting(call -> call.reason() + " " + call.remedy())
                    .isEqualTo("the function public.fold(text), which index public.people_fold uses, calls"
                            + " public.unaccent without its schema and fails where search_path is empty, as in a"
                            + " restore, a copy or an index build. ALTER FUNCTION public.fold(text) SET search_path ="
                            + " pg_catalog, public;");
            assertThatThrownBy(() -> side.execute(build))
                    .hasStackTraceContaining("function unaccent(text) does not exist");

            side.execute("alter function public.fold(text) set search_path = pg_catalog, public;");
            assertThat(new FunctionTexts().of(session)).isEmpty();
            side.execute(build);
        }
    }
}
