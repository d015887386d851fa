package dev.upshift.switchover.internal.route;

import dev.upshift.check.Finding;
import dev.upshift.check.Place;
import dev.upshift.postgres.fence.SettingsHeld;
import dev.upshift.postgres.fence.SettingsHolder;
import dev.upshift.shared.Side;
import java.util.List;
import java.util.stream.Collectors;

/** Those who keep a fence from being raised or lifted, in words. */
public final class HeldSettings {

    private HeldSettings() {}

    /** That it cannot be done, who is in the way, and what to do. */
    public static Finding finding(String database, Side side, List<SettingsHolder> holders) {
        return new Finding(
                Place.on(side, database),
                holders.stream().map(SettingsHolder::words).toList(),
                SettingsHeld.reason(holders),
                SettingsHeld.remedy(holders));
    }

    /** Not with a cause, or people would read that instead. */
    public static IllegalStateException refusal(String database, Side side, SettingsHeld held) {
        IllegalStateException refusal = new IllegalStateException(
                finding(database, side, held.holders()).sentence());
        refusal.addSuppressed(held);
        return refusal;
    }

    /** That they were ended. */
    static String ended(String database, Side side, List<SettingsHolder> holders) {
        return "%s: on the %s, the fence could not be lifted because of %s; %s ended."
                .formatted(
                        database,
                        side.word(),
                        holders.stream().map(SettingsHolder::words).collect(Collectors.joining("; ")),
                        holders.size() == 1 ? "this session was" : "these sessions were");
    }
}
