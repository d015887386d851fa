package dev.upshift.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mfvanek.pg.connection.PgConnection;
import io.github.mfvanek.pg.connection.PgConnectionImpl;
import io.github.mfvanek.pg.core.checks.common.DatabaseCheckOnHost;
import io.github.mfvanek.pg.core.checks.host.StandardChecksOnHost;
import io.github.mfvanek.pg.model.dbobject.DbObject;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lints the tables of every module. */
class MetadataSchemaTests {

    /** Checks that ask for what we do not want, or for load that a new database has not seen. */
    private static final Set<String> NOT_FOR_US = Set.of(
            "COLUMNS_WITHOUT_DESCRIPTION", // only columns whose meaning is not obvious are commented on
            "TABLES_NOT_LINKED_TO_OTHERS", // modules do not refer to each other's tables
            "PRIMARY_KEYS_THAT_MOST_LIKELY_NATURAL_KEYS", // a child row is its parent and a name or number
            "UNUSED_INDEXES",
            "TABLES_WITH_MISSING_INDEXES");

    /** Their structure is not ours to choose. */
    private static final Set<String> OF_LIBRARIES =
            Set.of("flyway_schema_history", "scheduled_tasks", "event_publication");

    static Stream<DatabaseCheckOnHost<? extends DbObject>> checks() {
        TestMetadata.TestDatabase database = TestMetadata.migrated();
        PgConnection connection = PgConnectionImpl.ofUrl(database.dataSource(), database.url());
        return new StandardChecksOnHost()
                .apply(connection).stream().filter(check -> !NOT_FOR_US.contains(check.getName()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("checks")
    void hasNothingThatThisCheckFinds(DatabaseCheckOnHost<? extends DbObject> check) {
        assertThat(check.check())
                .as(check.getName())
                .filteredOn(found -> OF_LIBRARIES.stream()
                        .noneMatch(table -> found.toString().contains(table)))
                .isEmpty();
    }

    @Test
    void theExceptionsAreNamesOfChecks() {
        TestMetadata.TestDatabase database = TestMetadata.empty();
        PgConnection connection = PgConnectionImpl.ofUrl(database.dataSource(), database.url());

        assertThat(new StandardChecksOnHost().apply(connection))
                .extracting(DatabaseCheckOnHost::getName)
                .containsAll(NOT_FOR_US);
    }
}
