package dev.upshift.switchover.internal.check.link;

import dev.upshift.check.RealSides;
import dev.upshift.engine.procedure.ExamplePorts;
import dev.upshift.engine.procedure.Ownership;
import dev.upshift.engine.procedure.PastRuns;
import dev.upshift.engine.procedure.Ports;
import dev.upshift.postgres.ServerPorts;
import dev.upshift.postgres.schema.SchemaCopy.SchemaArchive;
import dev.upshift.records.HeldBackSchemas;
import dev.upshift.shared.Waiting;
import dev.upshift.verification.Verifications;
import dev.upshift.verification.Verifications.Barrier;
import dev.upshift.verification.Verifications.Verification;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** What a control plane remembers of a project, for as long as a test runs; it works on real servers. */
final class SwitchMemory {

    private final MemoryLinkRecords links = new MemoryLinkRecords();
    private final Set<String> heldBack = new HashSet<>();
    private final Compared compared = new Compared();

    MemoryLinkRecords links() {
        return links;
    }

    /** Databases whose indexes are held back. */
    Set<String> heldBack() {
        return heldBack;
    }

    void compared(Verification last) {
        compared.last = last;
    }

    LinkChecks checks() {
        return new LinkChecks(compared, ExamplePorts.proxy(PastRuns.class, (asked, about) -> Optional.empty()));
    }

    Ports ports() {
        Ports others = ExamplePorts.of(links, new HeldBack(heldBack), new Waiting(Clock.systemUTC()));
        return new Ports(
                RealSides.bean(ServerPorts.class),
                others.poolers(),
                others.records(),
                others.projects(),
                others.timing(),
                Ownership.UNDISPUTED);
    }

    /** Never compared, unless a test says so. */
    private static final class Compared implements Verifications {

        private volatile Verification last;

        @Override
        public Verification verify(String slug, Barrier barrier, Consumer<String> progress) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Verification> latest(String slug) {
            return Optional.ofNullable(last);
        }
    }

    private record HeldBack(Set<String> held) implements HeldBackSchemas {

        @Override
        public void keep(long project, String database, SchemaArchive archive) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<SchemaArchive> find(long project, String database) {
            return Optional.empty();
        }

        @Override
        public List<String> databases(long project) {
            return List.copyOf(held);
        }

        @Override
        public void forget(long project, String database) {
            throw new UnsupportedOperationException();
        }
    }
}
