package dev.upshift.campaign;

import dev.upshift.engine.Plan.Part;

/** A moment of a step: where in a run a fault strikes. */
record Place(String step, Part part, Moment moment) {

    /** Whether a run that is interrupted here can only go forward. */
    boolean isPastPivot() {
        return switch (part) {
            case BEFORE, WINDOW -> false;
            case PIVOT -> moment == Moment.JOURNALED;
            case COMPLETION, AFTER -> true;
        };
    }

    /** Whether clients are, or were until just now, held here. */
    boolean isInWindow() {
        return part == Part.WINDOW || part == Part.PIVOT;
    }

    @Override
    public String toString() {
        return moment == Moment.JOURNALED ? step + " journaled" : moment.words() + " " + step;
    }
}
