package dev.upshift.dashboard.web.procedure;

import dev.upshift.engine.Plan.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Steps that belong together: those before, those while clients are held, those after.
 *
 * @param held whether clients are held during it
 * @param first the number of its first step
 */
public record Chapter<T>(String title, boolean held, int first, List<T> steps) {

    /** Splits the steps of a run or plan where clients begin to be held and where they are let go. */
    public static <T> List<Chapter<T>> of(List<T> steps, Function<T, Part> part, boolean holdsClients) {
        List<Chapter<T>> chapters = new ArrayList<>();
        List<T> collected = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            collected.add(steps.get(i));
            String title = title(part.apply(steps.get(i)), holdsClients);
            boolean last = i == steps.size() - 1
                    || !title(part.apply(steps.get(i + 1)), holdsClients).equals(title);
            if (last) {
                boolean held = holdsClients && isHeld(part.apply(steps.get(i)));
                chapters.add(new Chapter<>(title, held, i + 2 - collected.size(), List.copyOf(collected)));
                collected.clear();
            }
        }
        return chapters;
    }

    private static String title(Part part, boolean holdsClients) {
        if (!holdsClients) {
            return "Steps";
        }
        return switch (part) {
            case BEFORE -> "Before: clients notice nothing";
            case WINDOW, PIVOT, COMPLETION -> "Clients are held here";
            case AFTER -> "After: clients are served";
        };
    }

    private static boolean isHeld(Part part) {
        return switch (part) {
            case BEFORE, AFTER -> false;
            case WINDOW, PIVOT, COMPLETION -> true;
        };
    }
}
