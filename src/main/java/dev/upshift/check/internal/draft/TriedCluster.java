package dev.upshift.check.internal.draft;

import dev.upshift.check.Finding;
import dev.upshift.check.Place;
import dev.upshift.postgres.catalog.Catalog.ServerFacts;
import dev.upshift.shared.Side;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a cluster said when it was tried.
 *
 * @param refusals why it could not be used as it should, each with its field
 * @param seen null when it could not be reached at all
 */
public record TriedCluster(
        Side side, List<Finding> refusals, @Nullable ServerFacts seen) {

    public TriedCluster {
        refusals = List.copyOf(refusals);
    }

    /** Nobody knows anything of it but this. */
    public static TriedCluster failed(Side side, String reason, String remedy) {
        return new TriedCluster(
                side, List.of(new Finding(Place.on(side), List.of(), reason, remedy).in(field(side, "host"))), null);
    }

    /** The name of a part of a side's address, as it is posted. */
    public static String field(Side side, String part) {
        return side.word() + "." + part;
    }

    /** The field of its address. */
    public String address() {
        return field(side, "host");
    }

    public Optional<ServerFacts> facts() {
        return Optional.ofNullable(seen);
    }

    /** 0 when it is not known. */
    public int major() {
        return facts().map(facts -> facts.version().major()).orElse(0);
    }

    /** Whether somebody is at the address: where nobody is, it may be mistyped. */
    public boolean isThere() {
        return seen != null
                || refusals.stream()
                        .map(Finding::field)
                        .noneMatch(field ->
                                Objects.equals(field, address()) || Objects.equals(field, field(side, "port")));
    }
}
