package dev.upshift.postgres.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.postgres.schema.SchemaCopy.SchemaArchive;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Code of an owner that what was held back comes by, built by a superuser of the target. */
class OwnersCodeIT {

    private static final String BUILT = """
            create index on climber.shop (climber.pure('index', words));
            create materialized view climber.totals as select climber.climb('refresh') as way with no data;
            alter materialized view climber.totals owner to climber;
            refresh materialized view climber.totals;
            """;

    private static final String IS_SUPERUSER = "select rolsuper from pg_roles where rolname = 'climber'";

    @ParameterizedTest(name = "from {0} to {1}")
    @CsvSource({"13, 14", "13, 18"})
    void runsAsTheOwnerAndMakesNobodyASuperuser(int source, int target) {
        try (CopyFixture fixture = new CopyFixture(source, target)) {
            fixture.source.execute(CopyFixture.DATABASE, CopyFixture.text("climber.sql") + BUILT);
            fixture.freshTarget();
            SchemaArchive archive = fixture.dump();
            fixture.restore(archive);
            fixture.target.execute(CopyFixture.DATABASE, "insert into climber.shop values (1, 'goods')");

            fixture.copy.buildHeldBack(
                    archive, CopyFixture.endpoint(fixture.target), CopyFixture.DATABASE, 2, sentence -> {});

            assertThat(fixture.target.value(
                            CopyFixture.DATABASE,
                            "select string_agg(distinct way || ' as ' || as_whom, ', ') from climber.ran"))
                    .isEqualTo("index as climber, refresh as climber");
            assertThat(fixture.target.value("postgres", IS_SUPERUSER)).isEqualTo("f");
            assertThat(fixture.source.value("postgres", IS_SUPERUSER)).isEqualTo("f");

            fixture.target.value(CopyFixture.DATABASE, "select climber.climb('called')");
            assertThat(fixture.target.value("postgres", IS_SUPERUSER))
                    .as("where nobody keeps it off")
                    .isEqualTo("t");
        }
    }
}
