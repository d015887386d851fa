package dev.upshift.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.lab.LabWorld;
import dev.upshift.lab.LedgerWriters;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator does in the browser, from signing in to going back and giving up, on real servers under load. */
class OperatorE2E {

    private static final Duration LATER = Duration.ofMinutes(4);
    private static final List<String> PAGES = List.of(
            "/",
            "/projects/shop",
            "/projects/shop/tables",
            "/projects/shop/runs",
            "/projects/shop/rehearsal",
            "/projects/shop/procedures/cutover",
            "/projects/shop/verify",
            "/projects/shop/settings",
            "/projects/shop/audit");

    @TempDir
    private Path directory;

    @Test
    void anOperatorUpgradesAndGoesBack() {
        try (LabWorld world = LabWorld.builder().start();
                ControlPlane upshift = ControlPlane.start(directory);
                Browser browser = new Browser(upshift.url())) {
            upshift.register(ControlPlane.project(world, settings -> {
                settings.put("pauseBudget", "PT30S");
                return settings;
            }));
            LedgerWriters writers = world.startWriters(10, 50);

            signIn(browser);
            run(browser, "copy-schema", "Copy the schema", "Roles and schema are on the target");
            run(browser, "replicate", "Start replication", "The target follows the source");
            run(browser, "verify", "Compare now", "All tables hold the same rows");
            rehearse(browser);
            lookAround(browser);
            addPoolers(browser);
            switchOver(browser, "cutover", "Cut over now", "The target serves shop");
            browser.picture("run-cutover");
            switchOver(browser, "rollback", "Roll back now", "The source serves shop");

            writers.stop();
            assertThat(writers.errors()).isEmpty();
            world.proof().assertHolds(world.source());

            world.target().stop();
            abandonWithoutTarget(browser);
        }
    }

    private static void signIn(Browser browser) {
        browser.open("/projects/shop");
        assertThat(browser.path()).startsWith("/login");
        browser.picture("sign-in");
        browser.type("username", "admin");
        browser.type("password", ControlPlane.PASSWORD);
        browser.press("Sign in");
        browser.see("Who serves");
    }

    /** Starts a procedure by its button and stays on the page, which has to tell the end by itself. */
    private static void run(Browser browser, String procedure, String button, String end) {
        browser.open("/projects/shop/procedures/" + procedure);
        browser.picture("plan-" + procedure);
        browser.press(button);
        browser.see(end, LATER);
        assertThat(browser.path()).contains("/runs/");
        assertThat(browser.complaints()).isEmpty();
    }

    private static void rehearse(Browser browser) {
        browser.open("/projects/shop/rehearsal");
        browser.picture("rehearsal");
        browser.type("confirmation", "shop");
        assertThat(browser.isEnabled("Start the rehearsal"))
                .as("a cutover's words")
                .isFalse();
        browser.type("confirmation", "rehearse shop");
        browser.press("Start the rehearsal");
        browser.see("Nothing was moved", LATER);
        browser.see("What was measured");
        for (boolean dark : List.of(false, true)) {
            for (int width : List.of(1280, 390)) {
                browser.dark(dark);
                browser.size(width, 1_600);
                browser.picture("run-rehearsal-" + width + (dark ? "-dark" : ""));
                assertThat(browser.overflow()).as("run at " + width).isZero();
            }
        }
        assertThat(browser.complaints()).isEmpty();
    }

    private static void switchOver(Browser browser, String procedure, String button, String end) {
        browser.open("/projects/shop/procedures/" + procedure);
        assertThat(browser.text()).containsIgnoringCase("clients are held here");
        browser.type("confirmation", "shop");
        browser.picture("plan-" + procedure);
        browser.press(button);
        browser.see(end, LATER);
        assertThat(browser.complaints()).isEmpty();
    }

    /** The target was thrown away; the usual words are not enough. */
    private static void abandonWithoutTarget(Browser browser) {
        for (int width : List.of(390, 1280)) {
            browser.size(width, 1_600);
            browser.open("/projects/shop/procedures/abandon");
            browser.see("Without the target");
            browser.picture("plan-abandon-without-target-" + width);
            assertThat(browser.overflow()).as("plan at " + width).isZero();
        }
        browser.type("confirmation", "shop");
        assertThat(browser.isEnabled("Abandon this upgrade")).isFalse();
        browser.type("confirmation", "shop without target");
        browser.press("Abandon this upgrade");
        browser.see("was not reached", LATER);
        browser.picture("run-abandon-without-target");
        assertThat(browser.overflow()).as("run").isZero();
        assertThat(browser.complaints()).isEmpty();
    }

    /** Every pooler that is added has fields of its own, which the control plane reads. */
    private static void addPoolers(Browser browser) {
        browser.open("/projects/new");
        browser.press("Add a pooler");
        browser.press("Add a pooler");
        browser.type("poolers[1].host", "second.example");
        browser.type("poolers[2].host", "third.example");
        browser.press("Try and register");
        browser.see("Pooler 3: The name is missing.");
        browser.type("poolers[2].name", "third");
        assertThat(browser.complaints())
                .as("the answer to a form that has faults, which the browser calls an error")
                .singleElement()
                .asString()
                .contains("422");
    }

    private static void lookAround(Browser browser) {
        for (String page : PAGES) {
            for (boolean dark : List.of(false, true)) {
                for (int width : List.of(1280, 390)) {
                    browser.dark(dark);
                    browser.size(width, width == 390 ? 1_600 : 1_000);
                    browser.open(page);
                    browser.picture("page" + page.replace('/', '-') + "-" + width + (dark ? "-dark" : ""));
                    assertThat(browser.overflow()).as(page + " at " + width).isZero();
                    assertThat(browser.complaints()).as(page).isEmpty();
                }
            }
        }
        browser.dark(false);
        browser.size(1280, 1_000);
    }
}
