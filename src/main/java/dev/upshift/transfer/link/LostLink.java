package dev.upshift.transfer.link;

import dev.upshift.check.Finding;
import dev.upshift.check.Place;
import dev.upshift.shared.Side;
import java.util.List;

/** A link of which an end is gone, which no waiting mends. */
public final class LostLink {

    private LostLink() {}

    /** @param to the side that subscribes */
    public static Finding unsubscribed(Side to, String database, String link) {
        return new Finding(
                Place.on(to, database),
                List.of(link),
                "the subscription %s is gone: nothing arrives there any more.".formatted(link),
                remedy(to));
    }

    /**
     * @param to the side that subscribes
     * @param how gone, or lost
     */
    public static Finding slot(Side to, String database, String link, String how) {
        return new Finding(
                Place.on(to.other(), database),
                List.of(link),
                "the replication slot %s that feeds the %s is %s: what was written since does not get to the %s."
                        .formatted(link, to.word(), how, to.word()),
                remedy(to));
    }

    private static String remedy(Side to) {
        return to == Side.TARGET
                ? "Abandon the upgrade and begin it anew."
                : "There is no way back without loss any more: stay where you are.";
    }
}
