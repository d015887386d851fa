package dev.upshift.dashboard.web.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class FieldsTests {

    private final Fields fields = Fields.sent(Map.of(
            "name", " Shop ",
            "source.password", " with space ",
            "target.password", "",
            "databases[0]", "a",
            "databases[1]", "b",
            "poolers[0].name", "one",
            "poolers[1].name", "two",
            "poolers[1].password", "secret",
            "poolers[99999].name", "nobody"));

    @Test
    void textsAreStrippedAndPasswordsAreNot() {
        assertThat(fields.text("name")).isEqualTo("Shop");
        assertThat(fields.password("source.password").reveal()).isEqualTo(" with space ");
    }

    @Test
    void passwordsAreNeverAmongTheTexts() {
        assertThat(fields.texts()).doesNotContainKey("source.password").doesNotContainValue("secret");
        assertThat(fields.toString()).doesNotContain("secret");
        assertThat(fields.hasPassword("target.password")).isFalse();
    }

    @Test
    void rowsAreCountedUpToASensibleNumber() {
        assertThat(fields.databases()).isEqualTo(2);
        assertThat(fields.poolers()).isEqualTo(2);
        assertThat(Fields.sent(Map.of("poolers[999].name", "x")).poolers()).isEqualTo(100);
        assertThat(Fields.sent(Map.of()).poolers()).isEqualTo(1);
    }

    @Test
    void rowsBehindARemovedOneMoveUpWithTheirPasswords() {
        Fields fewer = fields.withoutRow("poolers", 0);

        assertThat(fewer.poolers()).isEqualTo(1);
        assertThat(fewer.text("poolers[0].name")).isEqualTo("two");
        assertThat(fewer.password("poolers[0].password").reveal()).isEqualTo("secret");
        assertThat(fewer.databases()).isEqualTo(2);
        assertThat(fewer.text("databases[1]")).isEqualTo("b");
    }

    @Test
    void thereIsAlwaysOneRow() {
        assertThat(Fields.sent(Map.of()).withoutRow("databases", 0).databases()).isEqualTo(1);
    }
}
