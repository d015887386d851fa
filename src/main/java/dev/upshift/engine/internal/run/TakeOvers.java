package dev.upshift.engine.internal.run;

import dev.upshift.engine.Run;
import dev.upshift.engine.internal.lease.FormerOwner;
import dev.upshift.engine.internal.lease.LeaseKeeper;
import dev.upshift.engine.internal.lease.LeaseTerms;
import dev.upshift.engine.internal.lease.LeasedOwnership;
import dev.upshift.engine.internal.record.RunRecords;
import dev.upshift.engine.internal.record.RunRecords.Claim;
import org.springframework.stereotype.Component;

/** Makes this control plane the owner of runs. */
@Component
class TakeOvers {

    private final RunRecords records;
    private final LeaseKeeper keeper;
    private final LeaseTerms terms;

    TakeOvers(RunRecords records, LeaseKeeper keeper, LeaseTerms terms) {
        this.records = records;
        this.keeper = keeper;
        this.terms = terms;
    }

    TakeOver of(Run run) {
        long askedAt = keeper.now();
        Claim claim = records.takeOver(run);
        FormerOwner former = FormerOwner.silentFor(claim.silence(), terms);
        return new TakeOver(claim, former, keeper.keep(run.id(), claim.epoch(), askedAt));
    }

    /** @param ownership is renewed until it is closed */
    record TakeOver(Claim claim, FormerOwner formerOwner, LeasedOwnership ownership) {}
}
