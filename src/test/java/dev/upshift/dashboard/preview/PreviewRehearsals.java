package dev.upshift.dashboard.preview;

import dev.upshift.engine.ProcedureName;
import dev.upshift.engine.Procedures;
import dev.upshift.engine.Rehearsal;
import dev.upshift.engine.Rehearsal.Forecast;
import dev.upshift.engine.Rehearsal.Load;
import dev.upshift.engine.Rehearsal.OpenTransaction;
import dev.upshift.engine.Rehearsal.Part;
import dev.upshift.engine.Run;
import dev.upshift.engine.RunStatus;
import dev.upshift.switchover.Rehearsals;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The same figures for every rehearsal that was made up. */
record PreviewRehearsals(Procedures procedures) implements Rehearsals {

    @Override
    public Optional<Rehearsal> latest(String slug) {
        return find(slug, procedures.runs(slug));
    }

    @Override
    public Optional<Rehearsal> of(String slug, int run) {
        return find(slug, procedures.run(slug, run).stream().toList());
    }

    private static Optional<Rehearsal> find(String slug, List<Run> runs) {
        return runs.stream()
                .filter(run -> run.slug().equals(slug))
                .filter(run -> run.procedure() == ProcedureName.REHEARSE && run.status() == RunStatus.SUCCEEDED)
                .findFirst()
                .map(PreviewRehearsals::report);
    }

    static Rehearsal report(Run run) {
        return new Rehearsal(
                run.number(),
                ProcedureName.CUTOVER,
                PreviewProcedures.VERSION,
                Objects.requireNonNullElse(run.endedAt(), Instant.EPOCH),
                96,
                List.of(
                        new Part("pause-poolers", 41_000),
                        new Part("raise-fence", 12_400),
                        new Part("drain-transactions", 1_900),
                        new Part("await-barrier", 18_300),
                        new Part("resume-clients", 9_100)),
                new Load(
                        48,
                        new OpenTransaction(1_840, "user app, application nightly report, pid 4711"),
                        new OpenTransaction(38, "user app, application checkout, pid 4712"),
                        41,
                        6,
                        31,
                        1_204_224L,
                        2),
                new Forecast(224, 2_036, 150, false));
    }
}
