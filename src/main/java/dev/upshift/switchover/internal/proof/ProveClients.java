package dev.upshift.switchover.internal.proof;

import dev.upshift.check.Finding;
import dev.upshift.engine.Plan.Part;
import dev.upshift.engine.procedure.RunContext;
import dev.upshift.engine.procedure.SessionPool.Role;
import dev.upshift.engine.procedure.StepOutcome;
import dev.upshift.pooler.PoolerClients.ServerBehind;
import dev.upshift.pooler.PoolerUnreachable;
import dev.upshift.shared.PoolerAddress;
import dev.upshift.switchover.internal.check.fence.ReadOnlyRoles;
import dev.upshift.switchover.internal.check.pooler.ClientLogins;
import dev.upshift.switchover.internal.route.Switch;
import dev.upshift.switchover.internal.route.SwitchStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The console says what it will do, not what it did: goes through every pooler as a client does. */
public final class ProveClients extends SwitchStep {

    private static final Duration LOGIN = Duration.ofSeconds(5);
    private static final Duration AGAIN = Duration.ofMillis(500);

    private static final String BEGUN_READ_ONLY =
            "Sessions that a pooler has begun meanwhile stay so: RECONNECT at its console.";

    /** Empty unless a role was seen that may only read: who goes through a pooler here may be no client. */
    private String begunReadOnly = "";

    public ProveClients(Switch sw) {
        super(sw, "prove-clients", Part.AFTER, Duration.ofMinutes(2));
    }

    @Override
    public String sentence() {
        return "Prove through %s that clients reach the %s and can write. "
                        .formatted(sw.poolersInWords(), sw.to().word())
                + ClientLogins.inWords(sw.project().poolers());
    }

    @Override
    protected StepOutcome act(RunContext run) {
        long expected = sw.pool()
                .reliably(
                        sw.to(),
                        sw.databases().getFirst(),
                        Role.WORK,
                        sw.servers().catalog()::server)
                .systemIdentifier();
        List<String> wrong = new ArrayList<>();
        List<String> unproven = new ArrayList<>();
        sw.poolers().fleet().entries().forEach((name, entries) -> {
            PoolerAddress pooler = pooler(name);
            if (new ProvableLogin(sw, pooler).isProvable()) {
                entries.forEach(entry -> look(pooler, entry.name(), expected, wrong));
            } else {
                unproven.add(name);
            }
        });
        ReadOnlyRoles roles = ReadOnlyRoles.now(sw);
        if (!roles.found().isEmpty()) {
            begunReadOnly = BEGUN_READ_ONLY;
            wrong.addAll(Finding.sentences(roles.found()));
            wrong.add(begunReadOnly);
        }
        if (!wrong.isEmpty()) {
            return StepOutcome.retry(String.join(" ", wrong), AGAIN);
        }
        return StepOutcome.done(
                Stream.of(Stream.of(proven(unproven)), roles.untold().stream(), Stream.of(begunReadOnly))
                        .flatMap(sentences -> sentences)
                        .filter(sentence -> !sentence.isEmpty())
                        .collect(Collectors.joining(" ")));
    }

    private String proven(List<String> unproven) {
        return unproven.isEmpty()
                ? "Clients reach the " + sw.to().word() + " through every pooler."
                : "Not proven that clients reach the %s through %s: the console's user is no role there."
                        .formatted(sw.to().word(), String.join(" and ", unproven));
    }

    private void look(PoolerAddress pooler, String entry, long expected, List<String> wrong) {
        try {
            ServerBehind behind = sw.ports().poolers().clients().look(pooler, entry, LOGIN);
            if (behind.systemIdentifier() != expected) {
                wrong.add("Entry %s of %s leads to another cluster.".formatted(entry, pooler.name()));
            } else if (behind.readOnly()) {
                wrong.add("Through %s of %s, sessions may not write.".formatted(entry, pooler.name()));
            }
        } catch (PoolerUnreachable e) {
            wrong.add(String.valueOf(e.getMessage()));
        }
    }

    private PoolerAddress pooler(String name) {
        return sw.project().poolers().stream()
                .filter(pooler -> pooler.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
