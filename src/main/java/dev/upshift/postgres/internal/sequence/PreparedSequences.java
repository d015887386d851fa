package dev.upshift.postgres.internal.sequence;

import dev.upshift.postgres.internal.session.SqlResource;
import dev.upshift.postgres.sequence.Sequences;
import dev.upshift.postgres.sequence.Sequences.Reading;
import dev.upshift.postgres.sequence.Sequences.SequenceValue;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.FanOut;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Reads what has become of sequences that were all read before, by statements that the server has parsed and planned
 * meanwhile, in several sessions at once. Where any definition has changed, all are read as ever.
 */
final class PreparedSequences implements Reading {

    private static final Logger log = LoggerFactory.getLogger(PreparedSequences.class);

    private static final String DEFINITIONS = SqlResource.read(PreparedSequences.class, "sequence-definitions.sql");

    private final Sequences sequences;
    private final PostgresSession first;
    private final String definitions;
    private final List<SequenceValue> before;
    private final List<PreparedShare> shares;

    /** Of each share, where its sequences stand among all: the order in which they are read elsewhere. */
    private final List<int[]> places;

    /** @param sessions of one database, none of them used by anybody else while it is read */
    PreparedSequences(Sequences sequences, List<PostgresSession> sessions) {
        this.sequences = sequences;
        this.first = sessions.getFirst();
        this.definitions = definitions(); // before what they are a sum of
        this.before = sequences.read(first);
        this.places = IntStream.range(0, sessions.size())
                .mapToObj(number -> places(number, sessions.size()))
                .toList();
        this.shares = IntStream.range(0, sessions.size())
                .mapToObj(number -> new PreparedShare(
                        sequences,
                        sessions.get(number),
                        Arrays.stream(places.get(number)).mapToObj(before::get).toList()))
                .toList();
    }

    /** Dealt out one by one, so that each session has as many of either kind. */
    private int[] places(int number, int shares) {
        return Stream.of(true, false)
                .map(called -> IntStream.range(0, before.size())
                        .filter(place -> before.get(place).called() == called)
                        .toArray())
                .flatMapToInt(kind -> IntStream.iterate(number, index -> index < kind.length, index -> index + shares)
                        .map(index -> kind[index]))
                .toArray();
    }

    private String definitions() {
        return first.jdbc().sql(DEFINITIONS).query(String.class).single();
    }

    @Override
    public List<SequenceValue> values() {
        try {
            List<SequenceValue> values = together();
            return definitions().equals(definitions) ? values : sequences.read(first);
        } catch (DataAccessException changed) {
            log.info("Sequences are not what was prepared for, and are read one by one", changed);
            return sequences.read(first);
        }
    }

    private List<SequenceValue> together() {
        List<List<SequenceValue>> answers = FanOut.atOnce().share(shares, PreparedShare::values);
        SequenceValue[] all = before.toArray(SequenceValue[]::new);
        for (int number = 0; number < shares.size(); number++) {
            put(all, number, answers.get(number));
        }
        return List.of(all);
    }

    private void put(SequenceValue[] all, int number, List<SequenceValue> share) {
        for (int index = 0; index < share.size(); index++) {
            all[places.get(number)[index]] = share.get(index);
        }
    }
}
