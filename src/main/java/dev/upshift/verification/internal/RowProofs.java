package dev.upshift.verification.internal;

import dev.upshift.postgres.rows.ComparedRows.RowKey;
import dev.upshift.postgres.rows.ComparedRows.RowState;
import dev.upshift.verification.internal.RowProof.Finding;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Looks at single rows until each is proven equal or different, round by round, up to a limit. */
final class RowProofs {

    /** A row that is written twice a second has shown several versions by then, barriers taking up to 200 ms. */
    private static final int ROUNDS = 12;

    private static final int SAMPLES = 5;

    private final BothSides sides;
    private final Runnable barrier;
    private final Runnable rest;

    /** @param rest lets a moment pass between two rounds, so that what changes often is seen to change */
    RowProofs(BothSides sides, Runnable barrier, Runnable rest) {
        this.sides = sides;
        this.barrier = barrier;
        this.rest = rest;
    }

    /** All rows that are not proven equal, with what is known of them; stops at the first round that proves a difference. */
    Map<RowKey, RowProof> notEqual(Collection<RowKey> keys) {
        Map<RowKey, RowProof> open = new LinkedHashMap<>();
        keys.forEach(key -> open.put(key, new RowProof()));
        for (int round = 1; round <= ROUNDS && !open.isEmpty(); round++) {
            if (round > 1) {
                rest.run();
            }
            look(open);
            open.values().removeIf(is(Finding.EQUAL));
            if (open.values().stream().anyMatch(is(Finding.UNDECIDED).negate())) {
                break;
            }
        }
        return open;
    }

    private void look(Map<RowKey, RowProof> open) {
        List<RowKey> keys = List.copyOf(open.keySet());
        Map<RowKey, RowState> published = sides.publishing().rows(keys);
        open.forEach((key, proof) -> proof.published(published.get(key)));
        barrier.run();
        Map<RowKey, RowState> subscribed = sides.subscribing().rows(keys);
        open.forEach((key, proof) -> proof.subscribed(subscribed.get(key)));
        Map<RowKey, RowState> after = sides.publishing().rows(keys);
        open.forEach((key, proof) -> proof.publishedAfter(after.get(key)));
        sample(open);
    }

    private void sample(Map<RowKey, RowProof> open) {
        for (int sample = 1; sample <= SAMPLES; sample++) {
            Map<RowKey, RowProof> undecided = new HashMap<>(open);
            undecided.values().removeIf(is(Finding.UNDECIDED).negate().or(RowProof::isAtRest));
            if (undecided.isEmpty()) {
                return;
            }
            Map<RowKey, RowState> there = sides.subscribing().rows(undecided.keySet());
            Map<RowKey, RowState> here = sides.publishing().rows(undecided.keySet());
            undecided.forEach((key, proof) -> proof.sampled(there.get(key), here.get(key)));
        }
    }

    /** One that is proven to differ, if there is any. */
    static Optional<Map.Entry<RowKey, RowProof>> proven(Map<RowKey, RowProof> notEqual) {
        return notEqual.entrySet().stream()
                .filter(entry -> entry.getValue().finding() != Finding.UNDECIDED)
                .findFirst();
    }

    private static Predicate<RowProof> is(Finding finding) {
        return proof -> proof.finding() == finding;
    }
}
