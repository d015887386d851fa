package dev.upshift.postgres.fence;

import java.util.List;
import java.util.stream.Collectors;

/** What is set for a database could not be changed, because somebody else is about to. Nothing was changed. */
public final class SettingsHeld extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final int SHOWN = 5;

    private final transient List<SettingsHolder> holders;

    /** @param holders none where the server does not tell */
    public SettingsHeld(String database, List<SettingsHolder> holders) {
        super(database + ": " + sentence(holders));
        this.holders = List.copyOf(holders);
    }

    public List<SettingsHolder> holders() {
        return holders;
    }

    /** Who it is and what to do. To follow the place, with a full stop. */
    private static String sentence(List<SettingsHolder> holders) {
        return reason(holders) + " " + remedy(holders);
    }

    /** Who it is. To follow the place, with a full stop. */
    public static String reason(List<SettingsHolder> holders) {
        if (holders.isEmpty()) {
            return "what is set for the database, and so its fence, cannot be changed, because somebody whom the server"
                    + " does not tell holds it.";
        }
        String more = holders.size() > SHOWN ? ", and " + (holders.size() - SHOWN) + " more" : "";
        return "what is set for the database, and so its fence, cannot be changed because of %s%s."
                .formatted(
                        holders.stream().limit(SHOWN).map(SettingsHolder::words).collect(Collectors.joining("; ")),
                        more);
    }

    /** What to do, with a full stop. */
    public static String remedy(List<SettingsHolder> holders) {
        return holders.isEmpty() ? "Look into pg_locks there." : remedy(holders.getFirst());
    }

    private static String remedy(SettingsHolder first) {
        if (first.isPrepared()) {
            return "COMMIT PREPARED or ROLLBACK PREPARED it there.";
        }
        return "Let it COMMIT or ROLLBACK, or end it there (SELECT pg_terminate_backend(%d))%s."
                .formatted(first.pid(), first.endable() ? "" : ", which our role may not");
    }
}
