package dev.upshift.transfer.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.check.Check;
import dev.upshift.check.Finding;
import dev.upshift.check.Inspection;
import dev.upshift.check.Place;
import dev.upshift.check.Proves;
import dev.upshift.check.RealSides;
import dev.upshift.postgres.catalog.UnqualifiedCalls;
import dev.upshift.postgres.internal.session.SharedServers;
import dev.upshift.shared.Side;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a schema, and the server that it goes to, have to be like before it is copied. */
@ExtendWith(SharedServers.class)
class CopySchemaChecksIT {

    @ParameterizedTest
    @Proves("target-empty-or-same")
    @CsvSource({"13, 17", "17, 18"})
    void aTargetThatHasSomethingElseIsNamed(int source, int target) {
        RealSides sides = new RealSides(source, target);
        Check<Inspection> check = new TargetEmptyOrSame();
        // before 15 it belongs to somebody else
        sides.onBoth("drop schema public");
        sides.onSource("create schema app; create table app.plain (id int primary key)");
        sides.passes(check);

        sides.onTarget("create schema app; create table app.surplus (id int primary key)");

        Finding finding = sides.finding(check);
        assertThat(finding.place()).isEqualTo(Place.on(Side.TARGET, sides.database()));
        assertThat(finding.objects()).anyMatch(object -> object.contains("app.surplus"));
        assertThat(finding.reason())
                .startsWith("it is neither empty nor the same as on the source: ")
                .contains("app.plain", "app.surplus");
        assertThat(finding.remedy()).isEqualTo("Drop it, or make it equal.");
        sides.onTarget("drop table app.surplus; create table app.plain (id int primary key)");
        sides.passes(check);
    }

    @ParameterizedTest
    @Proves("target-lock-table")
    @ValueSource(ints = {13, 18})
    void aServerThatCannotHoldSoManyLocksIsNamedWithItsSetting(int major) {
        RealSides sides = new RealSides(SharedServers.of(13), SharedServers.cramped(major));
        Check<Inspection> check = new TargetLockTable();
        sides.onSource("create table plain (id int primary key)");
        sides.passes(check);

        sides.onSource("""
                do $$ begin
                    for number in 1..300 loop
                        execute format('create table t%s (id int primary key)', number);
                    end loop;
                end $$""");

        Finding finding = sides.finding(check);
        assertThat(finding.place()).isEqualTo(Place.on(Side.TARGET, sides.database()));
        assertThat(finding.objects()).containsExactly("max_locks_per_transaction");
        assertThat(finding.reason())
                .startsWith("its 602 tables, keys, sequences and views are made in one transaction");
        assertThat(finding.remedy()).isEqualTo("Set max_locks_per_transaction there to 64 (now 10) and restart it.");
        sides.cluster(Side.TARGET).execute("postgres", "drop database " + sides.database());
        assertThat(sides.finding(check))
                .as("of a database that is yet to be made")
                .isEqualTo(finding);
    }

    @ParameterizedTest
    @Proves("functions-search-path")
    @CsvSource({"13, 17", "17, 18"})
    void aFunctionThatNeedsASearchPathIsNamedAndTheStatementHelps(int source, int target) {
        RealSides sides = new RealSides(source, target);
        UnqualifiedCalls calls = RealSides.bean(UnqualifiedCalls.class);
        for (Side side : Side.values()) {
            Check<Inspection> check = new FunctionsSearchPath(side, calls);
            sides.passes(check);

            sides.cluster(side).execute(sides.database(), """
                    create schema tools;
                    create function tools.plain(v text) returns text language sql immutable as 'select lower(v)';
                    create function public.dashed(v text) returns text language plpgsql immutable as
                        'begin return plain(v); end';
                    create table page (id int primary key, title text,
                        slug text generated always as (public.dashed(title)) stored)""");

            Finding finding = sides.finding(check);
            assertThat(finding.place()).isEqualTo(Place.on(side, sides.database()));
            assertThat(finding.objects()).containsExactly("public.dashed(text)");
            assertThat(finding.reason())
                    .startsWith("the function public.dashed(text), which a generated column of public.page uses, calls"
                            + " tools.plain without its schema");
            sides.cluster(side).execute(sides.database(), finding.remedy());
            sides.passes(check);
        }
    }
}
