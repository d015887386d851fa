package dev.upshift.postgres.internal;

import dev.upshift.postgres.PostgresSession;
import dev.upshift.postgres.Sequences;
import dev.upshift.postgres.Sequences.Reading;
import dev.upshift.postgres.Sequences.SequenceValue;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
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

    private static final String DEFINITIONS = SqlResource.read("sequence-definitions.sql");

    private static final Executor THREADS =
            work -> Thread.ofVirtual().name("sequences").start(work);

    private final Sequences sequences;
    private final PostgresSession first;
    private final String definitions;
    private final Map<Name, Integer> places;
    private final List<PreparedShare> shares;

    /** @param sessions of one database, none of them used by anybody else while it is read */
    PreparedSequences(Sequences sequences, List<PostgresSession> sessions) {
        this.sequences = sequences;
        this.first = sessions.getFirst();
        this.definitions = definitions(); // before what they are a sum of
        List<SequenceValue> all = sequences.read(first);
        this.places = IntStream.range(0, all.size())
                .boxed()
                .collect(Collectors.toMap(place -> Name.of(all.get(place)), place -> place));
        this.shares = IntStream.range(0, sessions.size())
                .mapToObj(number ->
                        new PreparedShare(sequences, sessions.get(number), share(all, number, sessions.size())))
                .toList();
    }

    /** Dealt out one by one, so that each session has as many of either kind. */
    private static List<SequenceValue> share(List<SequenceValue> all, int number, int shares) {
        return Stream.of(true, false)
                .map(called ->
                        all.stream().filter(value -> value.called() == called).toList())
                .flatMap(kind -> IntStream.iterate(number, index -> index < kind.size(), index -> index + shares)
                        .mapToObj(kind::get))
                .toList();
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
        List<CompletableFuture<List<SequenceValue>>> beside = shares.stream()
                .skip(1)
                .map(share -> CompletableFuture.supplyAsync(share::values, THREADS))
                .toList();
        try {
            List<SequenceValue> mine = shares.getFirst().values();
            return Stream.concat(Stream.of(mine), beside.stream().map(CompletableFuture::join))
                    .flatMap(List::stream)
                    .sorted(Comparator.comparing(value -> places.get(Name.of(value)))) // as they are read elsewhere
                    .toList();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        } finally {
            beside.forEach(share -> share.exceptionally(failed -> List.of()).join());
        }
    }

    private record Name(String schema, String sequence) {

        static Name of(SequenceValue value) {
            return new Name(value.schema(), value.name());
        }
    }
}
