package dev.upshift.procedure.internal.switching;

import java.util.List;
import java.util.Optional;

/**
 * Links that feed the entered side no more: a subscription that somebody has disabled, or {@code disable_on_error} where a
 * person has set that, stays so until a person enables it, and waiting for it is of no use.
 */
final class DisabledLinks {

    private DisabledLinks() {}

    /** What is wrong and what to do, in a sentence per database; empty while all subscriptions are enabled. */
    static Optional<String> sentence(Switch sw) {
        List<String> disabled = sw.databases().stream()
                .filter(database -> isDisabled(sw, database))
                .map(database ->
                        ("The subscription %s on the %s is disabled: nothing arrives there. Its server log has the error that"
                                        + " stopped it. Remove the cause, then ALTER SUBSCRIPTION … ENABLE.")
                                .formatted(sw.link(database), sw.to().word()))
                .toList();
        return disabled.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", disabled));
    }

    private static boolean isDisabled(Switch sw, String database) {
        return sw.parts()
                .links()
                .subscription(sw.onTo(database), sw.link(database))
                .filter(subscription -> !subscription.enabled())
                .isPresent();
    }
}
