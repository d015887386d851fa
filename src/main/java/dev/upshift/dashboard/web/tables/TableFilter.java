package dev.upshift.dashboard.web.tables;

import dev.upshift.monitoring.TableProgress.State;
import dev.upshift.monitoring.TableQuery;
import dev.upshift.monitoring.TableQuery.Sort;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Which tables a page shows, as it stands in its address. What makes no sense there is left out.
 *
 * @param state a state, {@code unready} for all but the ready ones, or empty for all
 * @param name part of a table's name
 * @param page from 1
 */
public record TableFilter(String state, String name, Sort sort, boolean descending, int page) {

    static final String UNREADY = "unready";

    private static final int PAGE_SIZE = 50;

    static TableFilter of(String state, String name, String sort, boolean descending, int page) {
        return new TableFilter(
                UNREADY.equals(state) || known(state).isPresent() ? state : "",
                name.strip(),
                Arrays.stream(Sort.values())
                        .filter(one -> word(one).equals(sort))
                        .findFirst()
                        .orElse(Sort.NAME),
                descending,
                Math.max(1, page));
    }

    TableQuery query() {
        return new TableQuery(states(), name, sort, descending, page - 1, PAGE_SIZE);
    }

    public boolean isEmpty() {
        return state.isEmpty() && name.isEmpty();
    }

    /** Ordered by this column; the other way round if it is already. */
    public String by(String column) {
        boolean same = word(sort).equals(column);
        return address(column, same ? !descending : !column.equals("name"), 1);
    }

    /** {@code aria-sort} of a column; null when tables are not ordered by it. */
    public @Nullable String order(String column) {
        return word(sort).equals(column) ? (descending ? "descending" : "ascending") : null;
    }

    public String onPage(int other) {
        return address(word(sort), descending, other);
    }

    /** The query of the address that shows the same again. */
    public String same() {
        return onPage(page);
    }

    public String sortWord() {
        return word(sort);
    }

    private String address(String sortedBy, boolean downwards, int onPage) {
        return UriComponentsBuilder.newInstance()
                .queryParam("state", "{state}")
                .queryParam("name", "{name}")
                .queryParam("sort", sortedBy)
                .queryParam("descending", downwards)
                .queryParam("page", onPage)
                .encode()
                .buildAndExpand(state, name)
                .toUriString();
    }

    private Set<State> states() {
        if (UNREADY.equals(state)) {
            return EnumSet.complementOf(EnumSet.of(State.READY));
        }
        return known(state).<Set<State>>map(EnumSet::of).orElse(Set.of());
    }

    private static Optional<State> known(String word) {
        return Arrays.stream(State.values())
                .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst();
    }

    private static String word(Sort sort) {
        return sort.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
