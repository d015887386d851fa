package dev.upshift.matrix;

import dev.upshift.verification.Verifications;
import dev.upshift.verification.Verifications.Barrier;
import dev.upshift.verification.Verifications.Verification;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A comparison of databases in which every table is found equal at the first look: what it does is its barriers. */
record NothingToCompare(World world) implements Verifications {

    @Override
    public Verification verify(String slug, Barrier barrier, Consumer<String> progress) {
        world.project().databases().forEach(barrier::await);
        return new Verification(slug, Instant.EPOCH, Instant.EPOCH, List.of());
    }

    @Override
    public Optional<Verification> latest(String slug) {
        return Optional.empty();
    }
}
