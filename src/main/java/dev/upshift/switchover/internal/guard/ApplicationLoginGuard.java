package dev.upshift.switchover.internal.guard;

import dev.upshift.engine.procedure.GuardBook;
import dev.upshift.pooler.PoolerClients.ServerBehind;
import dev.upshift.pooler.PoolerUnreachable;
import dev.upshift.shared.PoolerAddress;
import dev.upshift.switchover.internal.proof.ClientLogins;
import dev.upshift.switchover.internal.route.PoolerChange;
import dev.upshift.switchover.internal.route.Switch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Tries the application's logins that the project names, on the side that is left: a password that is wrong there says
 * nothing of the other side, where the switch tries it through an entry of its own.
 */
final class ApplicationLoginGuard {

    private static final Duration LOGIN = Duration.ofSeconds(5);

    private final Switch sw;

    ApplicationLoginGuard(Switch sw) {
        this.sw = sw;
    }

    void look(GuardBook book) {
        book.look(
                "pooler-application-logins",
                "The application's logins that the project names get through the poolers, and may write. "
                        + ClientLogins.inWords(sw.project().poolers()),
                () -> sw.fanOut().map(sw.poolers().changes(), this::refused).stream()
                        .flatMap(List::stream)
                        .toList());
    }

    private List<String> refused(PoolerChange change) {
        PoolerAddress pooler = change.pooler();
        List<String> wrong = new ArrayList<>();
        if (pooler.application() != null) {
            for (String entry : change.entries()) {
                look(pooler, entry, wrong);
            }
        }
        return wrong;
    }

    private void look(PoolerAddress pooler, String entry, List<String> wrong) {
        try {
            ServerBehind behind = sw.ports().poolers().clients().look(pooler, entry, LOGIN);
            if (behind.readOnly()) {
                wrong.add("%s may only read through %s of %s: name a login of the application that may write, or none."
                        .formatted(pooler.client().username(), entry, pooler.name()));
            }
        } catch (PoolerUnreachable e) {
            wrong.add(e.getMessage() + " It is the application's login that the project names for this pooler: correct"
                    + " it in the project.");
        }
    }
}
