package dev.upshift.procedure.internal.switching;

import dev.upshift.postgres.Sequences.SequenceValue;
import dev.upshift.procedure.Procedures.PauseReading;
import dev.upshift.procedure.internal.engine.Script;
import dev.upshift.procedure.internal.engine.Step;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** {@code switch(from, to)}: the one sequence of steps behind cutover and rollback. */
final class SwitchScript implements Script {

    private final Switch sw;
    private final List<Step> steps;

    SwitchScript(Switch sw) {
        this.sw = sw;
        PushedSequences pushed = new PushedSequences();
        Map<String, List<SequenceValue>> sequences = new ConcurrentHashMap<>();
        this.steps = List.of(
                new OpenConnections(sw),
                new ProbePoolers(sw),
                new StageConfiguration(sw),
                new PushSequencesAhead(sw, pushed),
                new PrepareWayBack(sw),
                new TryBarrier(sw),
                new WaitForCalm(sw),
                new PausePoolers(sw),
                new RaiseFence(sw),
                new DrainTransactions(sw),
                new AwaitBarrier(sw, sequences),
                new SetSequences(sw, pushed, sequences),
                new StopLink(sw),
                new AdvanceWayBack(sw),
                new PassPivot(sw),
                new MoveClients(sw),
                new RecordServingSide(sw),
                new ProveClients(sw),
                new NameStragglers(sw),
                new DropOldLink(sw),
                new StartWayBack(sw),
                new SeeWayBack(sw));
    }

    @Override
    public List<Step> steps() {
        return steps;
    }

    @Override
    public String success() {
        return "The %s serves %s. Clients were held for %d ms. The way back is ready."
                .formatted(
                        sw.to().word(),
                        sw.databasesInWords(),
                        sw.watch().heldMillis().orElse(0L));
    }

    @Override
    public void release() {
        if (sw.watch().isHolding()) {
            sw.letClientsGo();
            sw.watch().giveUp();
        }
    }

    @Override
    public Map<String, String> evidence() {
        return Map.copyOf(sw.evidence());
    }

    @Override
    public Optional<PauseReading> pause() {
        return sw.watch().reading();
    }

    @Override
    public Optional<Long> pauseMillis() {
        return sw.watch().heldMillis();
    }

    @Override
    public void close() {
        sw.close();
    }
}
