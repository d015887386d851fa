package dev.upshift.switchover.internal.window;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LookAgainTests {

    @Test
    void whatComesAfterTheLastSlashIsAboutFilesOnly() {
        assertThat(LookAgain.onlyFilesDiffer("1+2/3/9", "1+2/3/8")).isTrue();
        assertThat(LookAgain.onlyFilesDiffer("1+2/3/9", "1+2/4/9")).isFalse();
        assertThat(LookAgain.onlyFilesDiffer("1+2/3/9", "1+2/4/8")).isFalse();
        assertThat(LookAgain.onlyFilesDiffer("1+2/3/9", "1+2/3/4/9")).isFalse();
        assertThat(LookAgain.onlyFilesDiffer("1+2/3/9", "1+2/3/9")).isFalse();
        assertThat(LookAgain.onlyFilesDiffer("one", "other")).isFalse();
    }
}
