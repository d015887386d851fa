package dev.upshift.postgres.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upshift.postgres.catalog.Statistics;
import dev.upshift.postgres.internal.link.LinkSide;
import dev.upshift.postgres.internal.session.SharedServers;
import dev.upshift.postgres.link.HelperSchema;
import dev.upshift.postgres.schema.TargetCleaning;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.TableName;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** A user of a database who puts code where our role comes by: it would run as a superuser. */
@ExtendWith(SharedServers.class)
class UsersCodeIT {

    /** The code says that it ran; what could be done as a superuser needs no proof. */
    private static final String CODE = """
            do $$ begin create role mallory login; exception when duplicate_object then null; end $$;
            create schema mallory authorization mallory;
            set role mallory;
            create table mallory.ran (as_whom text);
            create function mallory.code() returns text language plpgsql as
                $$ begin insert into mallory.ran values (session_user); return 'x'; end $$;
            create function mallory.fire() returns trigger language plpgsql as
                $$ begin perform mallory.code(); return null; end $$;
            """;

    private static final String IS_SUPERUSER = "select rolsuper from pg_roles where rolname = 'climber'";

    private static final String OURS = "Made by Upshift for the time of an upgrade; dropped when the project ends.";

    private static final AnnotationConfigApplicationContext module =
            new AnnotationConfigApplicationContext(CopyFixture.PostgresModule.class);

    @AfterAll
    static void close() {
        module.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 17})
    void aHelperSchemaThatSomebodyElseHasMadeIsNotWrittenTo(int major) {
        LinkSide side = new LinkSide(
                major,
                CODE + "reset role; create schema upshift authorization mallory;"
                        + " comment on schema upshift is '" + OURS + "'; set role mallory;"
                        + " create table upshift.sentinel (token text primary key, written_at timestamptz default now());"
                        + " create trigger t after insert on upshift.sentinel execute function mallory.fire()");
        HelperSchema helper = module.getBean(HelperSchema.class);

        assertThatThrownBy(() -> helper.create(side.session))
                .hasMessageContaining("schema upshift of which at least a part belongs to mallory")
                .hasMessageContaining("Drop it");
        assertThatThrownBy(() -> helper.drop(side.session)).hasMessageContaining("mallory");

        assertThat(side.value("select count(*) from mallory.ran")).isEqualTo("0");
        side.session.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 17})
    void ourOwnHelperSchemaIsFine(int major) {
        LinkSide side = new LinkSide(major, "");
        HelperSchema helper = module.getBean(HelperSchema.class);

        helper.create(side.session);
        helper.create(side.session);
        helper.write(side.session, "token");
        assertThat(helper.sees(side.session, "token")).isTrue();
        helper.drop(side.session);
        assertThat(helper.exists(side.session)).isFalse();
        side.session.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 17})
    void aViewInATablesPlaceIsNotRead(int major) {
        LinkSide side = new LinkSide(major, CODE + "create view mallory.shop as select mallory.code() as id");
        PostgresSession session = side.session;

        assertThatThrownBy(() ->
                        session.jdbc().sql("select * from mallory.shop").query().listOfRows())
                .hasMessageContaining("access to non-system view \"shop\" is restricted");
        assertThat(session.jdbc()
                        .sql("select count(*) from pg_stat_activity")
                        .query(Long.class)
                        .single())
                .as("PostgreSQL's own views")
                .isPositive();

        assertThat(side.value("select count(*) from mallory.ran")).isEqualTo("0");
        session.close();
    }

    /** It runs, with the rights of its owner, who does not become a superuser by it. */
    @ParameterizedTest
    @ValueSource(ints = {13, 18})
    void analyzingRunsAnOwnersCodeAsTheOwner(int major) {
        LinkSide side = new LinkSide(major, CopyFixture.text("climber.sql"));
        side.execute("""
                insert into climber.shop values (1, 'goods');
                create index on climber.shop (climber.pure('analysis', words));
                truncate climber.ran""");
        try {
            module.getBean(Statistics.class).analyze(side.session);

            assertThat(side.value("select string_agg(distinct way || ' as ' || as_whom, ', ') from climber.ran"))
                    .isEqualTo("analysis as climber");
            assertThat(side.value(IS_SUPERUSER)).isEqualTo("f");
            side.value("select climber.climb('called')");
            assertThat(side.value(IS_SUPERUSER)).as("where nobody keeps it off").isEqualTo("t");
        } finally {
            side.execute("drop owned by climber; drop role climber");
            side.session.close();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 17})
    void emptyingTablesFiresNoTriggers(int major) {
        LinkSide side = new LinkSide(major, CODE + """
                create table mallory.a (id int) partition by range (id);
                create table mallory.a_1 partition of mallory.a for values from (0) to (10);
                create table mallory.b (id int);
                insert into mallory.a values (1);
                insert into mallory.b values (1);
                create trigger ordinary before truncate on mallory.a execute function mallory.fire();
                create trigger of_part before truncate on mallory.a_1 execute function mallory.fire();
                """);
        TargetCleaning cleaning = module.getBean(TargetCleaning.class);
        List<TableName> both = List.of(new TableName("mallory", "a"), new TableName("mallory", "b"));

        side.execute("alter table mallory.a_1 enable always trigger of_part");
        assertThatThrownBy(() -> cleaning.truncate(side.session, both)).hasMessageContaining("of_part on mallory.a_1");
        assertThat(side.value("select (select count(*) from mallory.a) + (select count(*) from mallory.b)"))
                .isEqualTo("2");

        String before = side.session
                .jdbc()
                .sql("show session_replication_role")
                .query(String.class)
                .single();
        side.execute("alter table mallory.a_1 enable trigger of_part");
        cleaning.truncate(side.session, both);
        assertThat(side.value("select (select count(*) from mallory.a) + (select count(*) from mallory.b)"))
                .isEqualTo("0");
        assertThat(side.value("select count(*) from mallory.ran")).isEqualTo("0");
        assertThat(side.session
                        .jdbc()
                        .sql("show session_replication_role")
                        .query(String.class)
                        .single())
                .isEqualTo(before);
        side.session.close();
    }
}
