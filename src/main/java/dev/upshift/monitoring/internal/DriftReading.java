package dev.upshift.monitoring.internal;

import dev.upshift.postgres.SchemaDrift.Difference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a database's schema differs between the sides, as last compared.
 *
 * @param failure why the last comparison did not come about; null if it did
 */
record DriftReading(List<Difference> differences, @Nullable String failure) {

    DriftReading {
        differences = List.copyOf(differences);
    }
}
