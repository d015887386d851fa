package dev.upshift.switchover.internal.check.role;

import dev.upshift.check.Check;
import dev.upshift.check.CheckList;
import dev.upshift.check.Checks;
import dev.upshift.switchover.internal.check.pooler.SeenPoolers;
import dev.upshift.switchover.internal.route.Switch;
import java.util.List;
import org.springframework.stereotype.Component;

/** What a switch must not start without of our own role and of those whom the application signs in as. */
@Component
public final class RoleChecks implements Checks {

    private final CheckList<Switch> list;

    RoleChecks(SeenPoolers poolers) {
        this.list = CheckList.of(List.of(new Privileges(), new ApplicationLogins(poolers)));
    }

    /** Only where the poolers' configuration is known. */
    public CheckList<Switch> list() {
        return list;
    }

    @Override
    public List<? extends Check<?>> all() {
        return list.all();
    }
}
