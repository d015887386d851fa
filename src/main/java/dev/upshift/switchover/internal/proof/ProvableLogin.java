package dev.upshift.switchover.internal.proof;

import dev.upshift.project.Acceptance;
import dev.upshift.shared.PoolerAddress;
import dev.upshift.switchover.internal.route.Switch;

/**
 * Whether somebody can go through a pooler to prove that clients can: whoever signs in there for us (the application, or its console's user), if the entered side knows him.
 * Where it does not, and the project accepts that, nothing is proven, and said so.
 */
record ProvableLogin(Switch sw, PoolerAddress pooler) {

    boolean isProvable() {
        return !sw.project().settings().accepts(Acceptance.APPLICATION_LOGINS)
                || sw.servers()
                        .catalog()
                        .mayLogin(
                                sw.onTo(sw.databases().getFirst()),
                                pooler.client().username());
    }
}
