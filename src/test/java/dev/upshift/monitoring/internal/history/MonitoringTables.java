package dev.upshift.monitoring.internal.history;

import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** The tables of this module in a metadata database of a test. */
public final class MonitoringTables {

    private MonitoringTables() {}

    /** Creates what the module and the scheduler need. */
    public static void migrate(DataSource metadata) {
        for (String folder : List.of("__root", "monitoring")) {
            Flyway.configure()
                    .dataSource(metadata)
                    .locations("classpath:db/migration/" + folder)
                    .table("flyway_" + folder)
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .load()
                    .migrate();
        }
    }
}
