package dev.upshift.switchover.internal.check.schema;

import dev.upshift.engine.procedure.SessionPool.Role;
import dev.upshift.postgres.schema.SchemaDrift;
import dev.upshift.postgres.schema.SchemaDrift.Difference;
import dev.upshift.shared.FanOut;
import dev.upshift.switchover.internal.route.Switch;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** How the schemas of both sides differ: of thousands of tables that takes seconds, while others can look. */
final class ComparedSchemas {

    private final CompletableFuture<List<Compared>> compared;

    private ComparedSchemas(Switch sw, SchemaDrift drift) {
        this.compared =
                sw.fanOut().begin(() -> sw.fanOut().map(sw.databases(), database -> compare(sw, drift, database)));
    }

    /** Begins to compare for this switch, unless that has begun. */
    static ComparedSchemas of(Switch sw, SchemaDrift drift) {
        return sw.memo().once(ComparedSchemas.class, () -> new ComparedSchemas(sw, drift));
    }

    private static Compared compare(Switch sw, SchemaDrift drift, String database) {
        return new Compared(
                database,
                drift.between(
                        sw.from(),
                        sw.pool().session(sw.from(), database, Role.READ),
                        sw.pool().session(sw.to(), database, Role.READ),
                        false));
    }

    /** Of each database in turn; waits until that is known. */
    List<Compared> answer() {
        return FanOut.answer(compared);
    }

    /** What differs in one database. */
    record Compared(String database, List<Difference> differences) {}
}
