package dev.upshift.switchover.internal.check.fence;

import dev.upshift.check.Check;
import dev.upshift.check.CheckList;
import dev.upshift.check.Checks;
import dev.upshift.switchover.internal.route.Switch;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** What keeps clients on one side and out of the other. */
@Component
public final class FenceChecks implements Checks {

    /** Of the fences themselves. */
    public static final CheckList<Switch> FENCES =
            CheckList.of(List.of(new FenceOverrides(), new OtherWriters(), new SettingsFree(), new AcceptsWrites()));

    /** Of who would have to be ended; asks the poolers as well. */
    public static final CheckList<Switch> SESSIONS = CheckList.of(List.of(new SessionsEndable()));

    @Override
    public List<? extends Check<?>> all() {
        return Stream.of(FENCES, SESSIONS)
                .<Check<?>>flatMap(list -> list.all().stream())
                .toList();
    }
}
