package dev.upshift.switchover.internal.guard;

import dev.upshift.postgres.SchemaDrift;
import dev.upshift.postgres.SubscriberRoom;
import dev.upshift.switchover.internal.route.Switch;
import org.springframework.stereotype.Component;

/** By what both schemas are looked at. */
@Component
record SchemaLooks(SchemaDrift drift, SubscriberRoom room) {

    /** Comparing begins at once. */
    SchemaGuards begin(Switch sw) {
        return new SchemaGuards(sw, drift, room);
    }
}
