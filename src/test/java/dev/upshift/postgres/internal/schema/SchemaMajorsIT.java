package dev.upshift.postgres.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.postgres.PostgresSession;
import dev.upshift.postgres.SchemaCopy.SchemaArchive;
import dev.upshift.postgres.SchemaDrift.Difference;
import dev.upshift.shared.Side;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same schema between other majors: what looks different only because of the version is no difference. */
class SchemaMajorsIT {

    @ParameterizedTest(name = "from {0} to {1}")
    @CsvSource({"13, 18", "15, 16"})
    void copyIsTheSame(int source, int target) {
        try (CopyFixture fixture = new CopyFixture(source, target)) {
            fixture.source.execute(CopyFixture.DATABASE, CopyFixture.text("later.sql"));
            fixture.freshTarget();
            SchemaArchive archive = fixture.dump();
            fixture.restore(archive);
            fixture.copy.buildHeldBack(
                    archive, CopyFixture.endpoint(fixture.target), CopyFixture.DATABASE, 1, sentence -> {});

            assertThat(fixture.compare(false).differences()).isEmpty();
            try (PostgresSession from = fixture.onSource();
                    PostgresSession to = fixture.onTarget()) {
                assertThat(fixture.drift.between(Side.SOURCE, from, to, false)).allMatch(Difference::usual);
                assertThat(fixture.drift.between(Side.TARGET, to, from, false)).allMatch(Difference::usual);
            }
        }
    }
}
