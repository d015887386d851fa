package dev.upshift.switchover.internal.check.pooler;

import dev.upshift.check.CheckResult;
import dev.upshift.check.Finding;
import dev.upshift.check.Place;
import dev.upshift.pooler.PoolerClients.ServerBehind;
import dev.upshift.pooler.PoolerUnreachable;
import dev.upshift.shared.PoolerAddress;
import dev.upshift.switchover.internal.route.PoolerChange;
import dev.upshift.switchover.internal.route.Switch;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The application's logins that the project names get through, tried on the side that is left: a password that is wrong
 * there says nothing of the other side, where the switch tries it through an entry of its own.
 */
final class NamedLogins implements PoolerCheck {

    private static final Duration LOGIN = Duration.ofSeconds(5);

    @Override
    public String id() {
        return "pooler-application-logins";
    }

    @Override
    public String fine(Switch sw) {
        return "The application's logins that the project names get through the poolers, and may write. "
                + ClientLogins.inWords(sw.project().poolers());
    }

    @Override
    public CheckResult look(Switch sw) {
        return PoolerCheck.everyPooler(sw, change -> refused(sw, change));
    }

    private static List<Finding> refused(Switch sw, PoolerChange change) {
        return change.pooler().application() == null
                ? List.of()
                : change.entries().stream()
                        .flatMap(entry -> refused(sw, change.pooler(), entry))
                        .toList();
    }

    private static Stream<Finding> refused(Switch sw, PoolerAddress pooler, String entry) {
        String login = pooler.client().username();
        try {
            ServerBehind behind = sw.ports().poolers().clients().look(pooler, entry, LOGIN);
            return behind.readOnly()
                    ? Stream.of(finding(
                            pooler,
                            entry,
                            "%s may only read through %s.".formatted(login, entry),
                            "Name a login of the application that may write, or none, in the project."))
                    : Stream.of();
        } catch (PoolerUnreachable failed) {
            return Stream.of(finding(
                    pooler,
                    entry,
                    String.valueOf(failed.getMessage()),
                    "%s is the application's login that the project names for this pooler: correct it in the project."
                            .formatted(login)));
        }
    }

    private static Finding finding(PoolerAddress pooler, String entry, String reason, String remedy) {
        return new Finding(Place.at(pooler.name()), List.of(pooler.client().username(), entry), reason, remedy);
    }
}
