package dev.upshift.check.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.check.Check;
import dev.upshift.check.Finding;
import dev.upshift.check.Inspection;
import dev.upshift.check.Place;
import dev.upshift.check.Proves;
import dev.upshift.check.RealSides;
import dev.upshift.check.Severity;
import dev.upshift.postgres.catalog.EventTriggers;
import dev.upshift.postgres.internal.session.SharedServers;
import dev.upshift.shared.Side;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What replication cannot carry, or must not meet: found where it is, and gone once the remedy was run. */
@ExtendWith(SharedServers.class)
class CarriedChecksIT {

    private static final Pattern STATEMENT = Pattern.compile("ALTER (?:EVENT TRIGGER|TABLE) [^,;]*");

    @ParameterizedTest
    @Proves("replica-identity")
    @CsvSource({"13, 17", "17, 18"})
    void aTableWhoseRowsNobodyFindsIsNamedOnBothSides(int source, int target) {
        RealSides sides = new RealSides(source, target);
        Check<Inspection> check = new ReplicaIdentity();
        sides.onBoth("create table \"No Key\" (a int); create table keyed (id int primary key)");

        List<Finding> findings = sides.findings(check);

        assertThat(findings)
                .extracting(Finding::place)
                .containsExactly(Place.on(Side.SOURCE, sides.database()), Place.on(Side.TARGET, sides.database()));
        assertThat(findings).allSatisfy(finding -> {
            assertThat(finding.objects()).containsExactly("public.No Key");
            assertThat(finding.reason())
                    .startsWith("public.No Key: it has neither a primary key nor another replica identity, so an UPDATE"
                            + " or DELETE of the application fails as soon as the ");
            assertThat(finding.remedy()).endsWith("; on both sides.");
        });
        sides.onBoth(statement(findings.getFirst()));
        sides.passes(check);
    }

    @ParameterizedTest
    @Proves("identity-full-types")
    @CsvSource({"13, 17", "17, 18"})
    void aColumnThatNoServerComparesIsNamed(int source, int target) {
        RealSides sides = new RealSides(source, target);
        Check<Inspection> check = new IdentityFullTypes();
        sides.onBoth("create table docs (id int, j jsonb); alter table docs replica identity full");
        sides.passes(check);

        sides.onBoth("create table places (id int, at point); alter table places replica identity full");

        assertThat(sides.findings(check)).hasSize(2).first().satisfies(finding -> {
            assertThat(finding.place()).isEqualTo(Place.on(Side.TARGET, sides.database()));
            assertThat(finding.objects()).containsExactly("public.places");
            assertThat(finding.reason()).contains("no server can compare at (point)");
            assertThat(finding.remedy()).isEqualTo("Remedy: give public.places a primary key; on both sides.");
        });
        sides.onBoth("alter table places add primary key (id)");
        sides.passes(check);
    }

    /** From 16 on changes are applied as the owner, so it is the target that refuses them, and later the source. */
    @ParameterizedTest
    @Proves("row-security")
    @CsvSource({"13, 17", "17, 18"})
    void rowSecurityThatIsForcedOnTheOwnerIsNamed(int source, int target) {
        RealSides sides = new RealSides(source, target);
        Check<Inspection> check = new RowSecurityCheck();
        sides.onBoth("""
                do $$ begin
                    if to_regrole('checked_owner') is null then create role checked_owner; end if;
                end $$;
                create table kept (id int primary key);
                alter table kept owner to checked_owner;
                alter table kept enable row level security""");
        sides.passes(check);

        sides.onBoth("alter table kept force row level security");

        assertThat(sides.findings(check)).hasSize(source < 16 ? 1 : 2).last().satisfies(finding -> {
            assertThat(finding.place()).isEqualTo(Place.on(Side.TARGET, sides.database()));
            assertThat(finding.objects()).containsExactly("public.kept");
            assertThat(finding.reason())
                    .startsWith("row security is forced on the owner (checked_owner) of public.kept");
            assertThat(finding.remedy())
                    .contains("ALTER ROLE … BYPASSRLS for the owner", "ALTER TABLE … NO FORCE ROW LEVEL SECURITY");
        });
        sides.onBoth("alter table kept no force row level security");
        sides.passes(check);
    }

    @ParameterizedTest
    @Proves("always-triggers")
    @CsvSource({"13, 17", "17, 18"})
    void aTriggerThatFiresForWhatReplicationBringsIsNamed(int source, int target) {
        RealSides sides = new RealSides(source, target);
        Check<Inspection> check = new AlwaysTriggers();
        sides.onBoth("""
                create table audited (id int primary key);
                create function note() returns trigger language plpgsql as 'begin return null; end';
                create trigger audit after insert on audited for each row execute function note()""");
        sides.passes(check);

        sides.onTarget("alter table audited enable always trigger audit");

        Finding finding = sides.finding(check);
        assertThat(finding.place()).isEqualTo(Place.on(Side.TARGET, sides.database()));
        assertThat(finding.objects()).containsExactly("audit on public.audited");
        assertThat(finding.reason()).startsWith("audit on public.audited, which is ENABLE ALWAYS, fires for");
        sides.onTarget(statement(finding));
        sides.passes(check);
    }

    /** From 17 on our sessions keep off all but those that fire when we sign in. */
    @ParameterizedTest
    @Proves("event-triggers")
    @CsvSource({"13, 17", "17, 18"})
    void anEventTriggerThatFiresOnOurStatementsIsNamed(int source, int target) {
        RealSides sides = new RealSides(source, target);
        Check<Inspection> check = new FiringEventTriggers(EventTriggers.ANY);
        sides.onSource("create function note() returns event_trigger language plpgsql as 'begin end'");
        sides.passes(check);

        sides.onSource(
                source < 17
                        ? "create event trigger noting on ddl_command_end execute function note();"
                                + " alter event trigger noting enable always"
                        : "create event trigger noting on login execute function note()");

        Finding finding = sides.finding(check);
        assertThat(finding.place()).isEqualTo(Place.on(Side.SOURCE, sides.database()));
        assertThat(finding.objects()).singleElement().asString().startsWith("noting (");
        assertThat(finding.reason()).startsWith("our statements fire noting (");
        sides.onSource(statement(finding));
        sides.passes(check);
    }

    @ParameterizedTest
    @Proves("not-carried")
    @CsvSource({"13, 17", "17, 18"})
    void rowsThatAreNotCarriedAreNamed(int source, int target) {
        RealSides sides = new RealSides(source, target);
        Check<Inspection> blocking = new NotCarriedRows(Side.SOURCE, Severity.BLOCKER);
        Check<Inspection> telling = new NotCarriedRows(null, Severity.INFO);
        sides.onTarget("select lo_from_bytea(0, 'not looked at')");
        sides.passes(blocking);

        sides.onSource("""
                select lo_from_bytea(4711, 'abc');
                create unlogged table cache (id int); insert into cache values (1)""");

        Finding finding = sides.finding(blocking);
        assertThat(finding.place()).isEqualTo(Place.on(Side.SOURCE, sides.database()));
        assertThat(finding.objects())
                .satisfiesExactly(
                        large -> assertThat(large).startsWith("1 large object ("),
                        unlogged -> assertThat(unlogged).startsWith("1 unlogged table: public.cache ("));
        assertThat(finding.remedy()).startsWith("It stays behind unless you move it yourself");
        assertThat(sides.finding(telling)).isEqualTo(finding);
        assertThat(sides.ask(blocking).allows()).isFalse();
        assertThat(sides.ask(telling).allows()).isTrue();
        sides.onSource("select lo_unlink(4711); drop table cache");
        sides.passes(blocking);
    }

    @ParameterizedTest
    @Proves("materialized-views")
    @CsvSource({"13, 17", "17, 18"})
    void whatHasToBeRefreshedIsTold(int source, int target) {
        RealSides sides = new RealSides(source, target);
        Check<Inspection> check = new MaterializedViews();
        sides.passes(check);

        sides.onSource("create materialized view totals as select 1 as total");

        assertThat(sides.ask(check).allows()).isTrue();
        assertThat(sides.finding(check))
                .isEqualTo(new Finding(
                        Place.on(Side.SOURCE, sides.database()),
                        List.of("1 materialized view: public.totals"),
                        "it has 1 materialized view: public.totals; on the target their content is that of their last"
                                + " REFRESH there.",
                        "REFRESH them once clients are served by it."));

        sides.onSource("drop materialized view totals");
        sides.passes(check);
    }

    /** The first one that the remedy names, as it stands. */
    private static String statement(Finding finding) {
        Matcher found = STATEMENT.matcher(finding.remedy());
        assertThat(found.find()).as(finding.remedy()).isTrue();
        return found.group();
    }
}
