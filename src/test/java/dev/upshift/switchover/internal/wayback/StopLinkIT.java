package dev.upshift.switchover.internal.wayback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upshift.postgres.internal.session.SharedServers;
import dev.upshift.postgres.link.Links;
import dev.upshift.project.Acceptance;
import dev.upshift.shared.Side;
import dev.upshift.switchover.internal.check.link.SwitchSides;
import dev.upshift.switchover.internal.look.RightsLook;
import dev.upshift.switchover.internal.route.Switch;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What stands in the way of stopping a link, between 13 and 18. */
@ExtendWith(SharedServers.class)
class StopLinkIT {

    /** Made after the guards, on the side that a rollback enters; sessions with 13 cannot keep it off. */
    @Test
    void anEventTriggerThatCameLaterIsSeenAndHindersNoUndo() {
        try (SwitchSides sides = new SwitchSides("""
                create table plain (id int primary key);
                create function halt() returns event_trigger language plpgsql as
                    $$ begin raise exception 'No changes this week'; end $$""")) {
            sides.connect(Side.TARGET, "plain");
            sees(sides);
        }
    }

    private static void sees(SwitchSides sides) {
        String database = sides.database();
        try (Switch sw = sides.switchFrom(Side.TARGET);
                Switch accepting = sides.switchFrom(Side.TARGET, Acceptance.EVENT_TRIGGERS)) {
            String link = sw.link(database);
            RightsLook rights = new RightsLook(sw);
            RightsLook acceptingRights = new RightsLook(accepting);
            List<String> before = rights.note();
            acceptingRights.note();
            assertThat(rights.objectionsIfChanged()).isEmpty();

            halt(sides, "ALTER SUBSCRIPTION");

            assertThat(rights.objectionsIfChanged())
                    .containsAll(before)
                    .anyMatch(objection -> objection.startsWith(database
                            + " on the source: our statements fire halt (ddl_command_end, calls public.halt)"));
            assertThat(acceptingRights.objectionsIfChanged()).noneMatch(objection -> objection.contains("halt"));

            StopLink stop = new StopLink(sw);
            assertThatThrownBy(() -> stop.perform(null)).hasStackTraceContaining("No changes this week");
            stop.undo(null);
            assertThat(enabled(sides)).isEqualTo("t");

            halt(sides, "DROP SUBSCRIPTION");
            Links links = sw.servers().links();
            assertThatThrownBy(() -> links.dropSubscription(sw.onTo(database), link))
                    .hasStackTraceContaining("No changes this week");
            assertThat(enabled(sides))
                    .as("what a run would leave past the pivot")
                    .isEqualTo("f");
            assertThat(sides.reason(Side.TARGET, "workers-running", false))
                    .startsWith(database + " on the source: the subscription " + link + " is disabled");
            sides.onSource("drop event trigger halt");
            links.dropSubscription(sw.onTo(database), link);
            assertThat(enabled(sides)).isEqualTo("gone");
        }
    }

    private static void halt(SwitchSides sides, String command) {
        sides.onSource("""
                drop event trigger if exists halt;
                create event trigger halt on ddl_command_end when tag in ('%s') execute function halt();
                alter event trigger halt enable always""".formatted(command));
    }

    private static String enabled(SwitchSides sides) {
        return sides.cluster(Side.SOURCE).value("postgres", """
                select coalesce(max(case when subenabled then 't' else 'f' end), 'gone')
                from pg_subscription join pg_database as d on d.oid = subdbid where d.datname = '%s'""".formatted(sides.database()));
    }
}
