package dev.upshift.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.upshift.project.Setting.Kind;
import dev.upshift.project.Setting.Section;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettingTests {

    @Test
    void eachIsDescribedAndStandsInOneSection() {
        assertThat(Setting.all()).allSatisfy(setting -> {
            assertThat(setting.label()).isNotBlank();
            assertThat(setting.help()).isNotBlank().doesNotContain("|");
            assertThat(setting.usual()).isNotNull();
        });
        assertThat(Arrays.stream(Section.values()).flatMap(section -> section.settings().stream()))
                .containsExactlyInAnyOrderElementsOf(Setting.all());
    }

    /** A number or a duration without bounds would be let through whatever it is. */
    @Test
    void eachQuantityHasBounds() {
        assertThat(Setting.all())
                .filteredOn(setting -> setting.kind() != Kind.SWITCH && setting.kind() != Kind.NAMES)
                .extracting(Setting::range)
                .doesNotContain("");
    }

    /** What is left out is as by default, and prints as it always did: it is in the versions of plans. */
    @Test
    void defaultsPrintAsTheyAlwaysDid() {
        assertThat(ProjectSettings.DEFAULTS)
                .asString()
                .startsWith("ProjectSettings[lagThresholdBytes=1048576, pauseBudget=PT5S, pauseAttempts=3,"
                        + " sequenceMargin=1000, longTransactionLimit=PT10S, hardFence=false, copyJobs=2,"
                        + " binaryCopy=false, rehearsalRequired=false, rehearsalMaxAge=PT24H, accepted=[]");
    }

    @Test
    void oneIsChangedAndTheOthersStay() {
        ProjectSettings changed = ProjectSettings.DEFAULTS.with("copyJobs", 7);

        assertThat(changed.copyJobs()).isEqualTo(7);
        assertThat(changed.with("copyJobs", 2)).isEqualTo(ProjectSettings.DEFAULTS);
        assertThatIllegalArgumentException().isThrownBy(() -> changed.with("none", 1));
    }

    @Test
    void valuesAreWrittenForPeople() {
        ProjectSettings settings = ProjectSettings.DEFAULTS
                .with("hardFence", true)
                .with("accepted", List.of(Acceptance.EVENT_TRIGGERS, Acceptance.NOT_CARRIED));

        assertThat(Setting.all())
                .extracting(setting -> setting.text(settings))
                .startsWith(
                        "1 MiB",
                        "5 s",
                        "3",
                        "1000",
                        "10 s",
                        "on",
                        "2",
                        "off",
                        "off",
                        "24 h",
                        "not-carried, event-triggers");
        assertThat(Setting.named("accepted").text(ProjectSettings.DEFAULTS)).isEqualTo("none");
    }
}
