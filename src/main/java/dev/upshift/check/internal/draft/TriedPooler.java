package dev.upshift.check.internal.draft;

import dev.upshift.check.Finding;
import dev.upshift.check.Place;
import dev.upshift.shared.PoolerAddress;
import java.util.List;
import java.util.Optional;

/**
 * What a pooler said when it was tried.
 *
 * @param index its place in the draft's list
 * @param unusable what is wrong with its configuration
 * @param unreachable what is wrong with its console
 * @param mapped its entries that would be moved; empty when its configuration could not be read
 * @param running what its console shows; empty when it does not answer
 * @param forgotten entries that lead to one of the sides and would not be moved
 */
public record TriedPooler(
        int index,
        PoolerAddress address,
        List<Finding> unusable,
        List<Finding> unreachable,
        Optional<MappedEntries> mapped,
        Optional<RunningPooler> running,
        List<Finding> forgotten) {

    public TriedPooler {
        unusable = List.copyOf(unusable);
        unreachable = List.copyOf(unreachable);
        forgotten = List.copyOf(forgotten);
    }

    /** Nobody knows anything of it but this. */
    public static TriedPooler failed(int index, PoolerAddress address, String reason, String remedy) {
        Finding failure = new Finding(Place.at(address.name()), List.of(), reason, remedy);
        return new TriedPooler(
                index,
                address,
                List.of(),
                List.of(failure.in(field(index, "host"))),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    /** The name of one of the parts of a pooler, as it is posted. */
    public static String field(int index, String part) {
        return "poolers[" + index + "]." + part;
    }

    /** Something about it, to be corrected in this part of what was posted. */
    public Finding finding(List<String> objects, String reason, String remedy, String part) {
        return new Finding(Place.at(address.name()), objects, reason, remedy).in(field(index, part));
    }
}
