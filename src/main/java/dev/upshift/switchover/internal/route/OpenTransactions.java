package dev.upshift.switchover.internal.route;

import dev.upshift.engine.Rehearsal.OpenTransaction;
import dev.upshift.postgres.catalog.Catalog.TransactionFacts;
import dev.upshift.postgres.session.PostgresSessions;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks for the oldest transaction that is open on the side that is left: PAUSE would wait for it. */
public final class OpenTransactions {

    private final Switch sw;

    public OpenTransactions(Switch sw) {
        this.sw = sw;
    }

    public Optional<OpenTransaction> oldest() {
        return sw.databases().stream()
                .flatMap(database -> sw.servers().catalog().openTransactions(sw.onFrom(database)).stream())
                .filter(transaction -> !isOurs(transaction.application()))
                .max(Comparator.comparing(TransactionFacts::age))
                .map(transaction -> new OpenTransaction(transaction.age().toMillis(), who(transaction)));
    }

    private static boolean isOurs(@Nullable String application) {
        return application != null && application.startsWith(PostgresSessions.APPLICATION_NAME);
    }

    private static String who(TransactionFacts transaction) {
        String application = transaction.application();
        return "user %s%s, pid %d"
                .formatted(
                        transaction.user(),
                        application == null || application.isEmpty() ? "" : ", application " + application,
                        transaction.pid());
    }
}
