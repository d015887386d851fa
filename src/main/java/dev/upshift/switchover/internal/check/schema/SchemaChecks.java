package dev.upshift.switchover.internal.check.schema;

import dev.upshift.check.Check;
import dev.upshift.check.CheckList;
import dev.upshift.check.Checks;
import dev.upshift.postgres.link.SubscriberRoom;
import dev.upshift.postgres.schema.SchemaDrift;
import dev.upshift.switchover.internal.route.Switch;
import java.util.List;
import org.springframework.stereotype.Component;

/** What the side that is left needs for the way back, and in what both schemas differ. */
@Component
public final class SchemaChecks implements Checks {

    private final SchemaDrift drift;
    private final CheckList<Switch> list;

    SchemaChecks(SchemaDrift drift, SubscriberRoom room) {
        this.drift = drift;
        this.list = CheckList.of(List.of(new WayBackOrigins(room), new DriftedSchemas(drift)));
    }

    /** Begins to compare, so that it is known when the list is asked. */
    public void begin(Switch sw) {
        ComparedSchemas.of(sw, drift);
    }

    public CheckList<Switch> list() {
        return list;
    }

    @Override
    public List<? extends Check<?>> all() {
        return list.all();
    }
}
