package dev.upshift.dashboard.web.project;

import dev.upshift.dashboard.web.Tone;
import dev.upshift.monitoring.ReplicationSnapshot.PoolerSample;
import dev.upshift.monitoring.ReplicationSnapshot.PoolerSample.Destination;
import dev.upshift.shared.Side;
import org.jspecify.annotations.Nullable;

/**
 * One pooler in the picture.
 *
 * @param leadsTo the side to draw its arrow to; null when it leads to both, to none, or is not known
 */
public record PoolerPill(
        String name, Tone tone, String state, @Nullable Side leadsTo) {

    static PoolerPill of(PoolerSample sample) {
        return new PoolerPill(sample.name(), tone(sample), words(sample), sideOf(sample.leadsTo()));
    }

    /** Of a pooler that nobody has looked at yet. */
    static PoolerPill unseen(String name, Side serving) {
        return new PoolerPill(name, Tone.IDLE, "not looked at yet", serving);
    }

    private static Tone tone(PoolerSample sample) {
        return switch (sample.state()) {
            case SERVING -> sample.leadsTo() == Destination.MIXED ? Tone.WARNING : Tone.GOOD;
            case PAUSED -> Tone.WARNING;
            case UNREACHABLE -> Tone.BAD;
        };
    }

    private static String words(PoolerSample sample) {
        return switch (sample.state()) {
            case SERVING -> sample.leadsTo() == Destination.MIXED ? "leads to both sides" : "serving";
            case PAUSED -> "clients are held";
            case UNREACHABLE -> "does not answer";
        };
    }

    private static @Nullable Side sideOf(Destination destination) {
        return switch (destination) {
            case SOURCE -> Side.SOURCE;
            case TARGET -> Side.TARGET;
            case MIXED, UNKNOWN -> null;
        };
    }
}
