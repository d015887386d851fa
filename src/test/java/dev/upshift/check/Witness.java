package dev.upshift.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.check.CheckResult.Errored;
import dev.upshift.check.CheckResult.Found;
import dev.upshift.check.CheckResult.NotApplicable;
import dev.upshift.check.CheckResult.Passed;
import dev.upshift.engine.Plan.GuardResult;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Remembers what checks said on real servers while one test runs; whoever asks checks in a test tells it. */
public final class Witness implements BeforeTestExecutionCallback, AfterTestExecutionCallback {

    private static final Set<String> FOUND = ConcurrentHashMap.newKeySet();
    private static final Set<String> PASSED = ConcurrentHashMap.newKeySet();

    public static void saw(CheckOutcome outcome) {
        switch (outcome.result()) {
            case Found(var _) -> FOUND.add(outcome.check());
            case Passed() -> PASSED.add(outcome.check());
            case NotApplicable(String _) -> PASSED.add(outcome.check());
            case Errored(String _) -> {
                // neither: nobody could look
            }
        }
    }

    /** The same of a plan's guards; what only warns is to be told by its outcome. */
    public static void saw(List<GuardResult> guards) {
        guards.forEach(guard -> (guard.allowed() ? PASSED : FOUND).add(guard.guard()));
    }

    @Override
    public void beforeTestExecution(ExtensionContext context) {
        FOUND.clear();
        PASSED.clear();
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        if (context.getExecutionException().isPresent()) {
            return; // has failed by itself
        }
        String[] names =
                context.getRequiredTestMethod().getAnnotation(Proves.class).value();
        assertThat(FOUND).as("checks that found something in this test").contains(names);
        assertThat(PASSED).as("checks that let pass in this test").contains(names);
    }
}
