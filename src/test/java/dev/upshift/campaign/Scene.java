package dev.upshift.campaign;

import dev.upshift.lab.ClientError;
import dev.upshift.lab.LabWorld;
import dev.upshift.lab.LedgerSchema;
import dev.upshift.lab.PgBouncer;
import dev.upshift.lab.PostgresCluster;
import java.util.random.RandomGenerator;

/**
 * Where a fault finds itself.
 *
 * @param turn the last place at which the run can turn back; where it is aborted if the fault strikes on the way back
 * @param owner the control plane that the run was started on
 * @param from the cluster that served when the run began
 * @param to the cluster that the run leads to
 * @param pooler the pooler that a fault of one pooler befalls
 */
record Scene(
        CampaignWorld world,
        Place place,
        Place turn,
        String procedure,
        String planVersion,
        Node owner,
        PostgresCluster from,
        PostgresCluster to,
        PgBouncer pooler,
        RandomGenerator random) {

    static Scene of(
            CampaignWorld world,
            String procedure,
            String planVersion,
            Place place,
            Place turn,
            RandomGenerator random) {
        LabWorld lab = world.lab();
        boolean there = procedure.equals("cutover");
        return new Scene(
                world,
                place,
                turn,
                procedure,
                planVersion,
                world.controlPlanes().owner(),
                there ? lab.source() : lab.target(),
                there ? lab.target() : lab.source(),
                lab.pooler(random.nextInt(lab.poolers().size())),
                random);
    }

    /** Which side clients are with at the place; in the window they are held, and nearer to the one they come from. */
    PostgresCluster serving() {
        return place.isPastPivot() ? to : from;
    }

    /** The side that subscribes to the other one at the place. */
    PostgresCluster subscriber() {
        return place.isPastPivot() ? from : to;
    }

    PostgresCluster publisher() {
        return place.isPastPivot() ? to : from;
    }

    boolean isThroughPooler(ClientError error) {
        return error.through().equals(pooler.url(LedgerSchema.DATABASE));
    }
}
