package dev.upshift.monitoring.internal.probe;

import dev.upshift.postgres.schema.SchemaDrift.Difference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a database's schema differs between the sides, as last compared.
 *
 * @param failure why the last comparison did not come about; null if it did
 */
public record DriftReading(
        List<Difference> differences, @Nullable String failure) {

    public DriftReading {
        differences = List.copyOf(differences);
    }
}
