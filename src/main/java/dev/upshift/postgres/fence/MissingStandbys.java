package dev.upshift.postgres.fence;

import java.util.List;

/**
 * Standbys that commits wait for although they are not connected.
 *
 * @param wanted {@code synchronous_standby_names}
 * @param missing how many more have to be
 * @param roles the roles whose commits wait; empty where nearly everybody's do
 * @param hidden whether our role may not see which are connected
 */
public record MissingStandbys(String wanted, int missing, List<String> roles, boolean hidden) {

    public MissingStandbys {
        roles = List.copyOf(roles);
    }
}
