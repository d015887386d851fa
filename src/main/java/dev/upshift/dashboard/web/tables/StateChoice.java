package dev.upshift.dashboard.web.tables;

import dev.upshift.dashboard.web.Figures;
import dev.upshift.monitoring.TablePage;
import dev.upshift.monitoring.TableProgress.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One entry of the list of states to choose from. */
public record StateChoice(String value, String words) {

    /** States without a table are left out, unless chosen. */
    static List<StateChoice> of(TablePage page, TableFilter filter, Figures figures) {
        int ready = page.states().getOrDefault(State.READY, 0);
        List<StateChoice> choices = new ArrayList<>();
        choices.add(new StateChoice("", "all (" + figures.count(page.total()) + ")"));
        choices.add(
                new StateChoice(TableFilter.UNREADY, "not ready yet (" + figures.count(page.total() - ready) + ")"));
        for (State state : State.values()) {
            int count = page.states().getOrDefault(state, 0);
            String value = state.name().toLowerCase(Locale.ROOT);
            if (count > 0 || value.equals(filter.state())) {
                choices.add(new StateChoice(value, TableRow.mark(state).word() + " (" + figures.count(count) + ")"));
            }
        }
        return choices;
    }
}
