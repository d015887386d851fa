package dev.upshift.dashboard.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.ApplicationTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.test.context.support.WithMockUser;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

/** What is told of a request that cannot be understood says what is needed instead. */
@ApplicationTest
@WithMockUser("mara")
class ApiProblemsTests {

    private static final String SHOP = "/api/v1/projects/shop";

    @Autowired
    private MockMvcTester mvc;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/runs/seven             | number needs a whole number up to 2147483647.",
                "/tables?sort=colour     | sort needs one of name, state, progress, size, time-left.",
                "/tables?state=blue      | state needs one of pending, initializing, copying,",
                "/tables?page=-1         | page must be greater than or equal to 0.",
                "/tables?descending=down | descending needs true or false.",
                "/replication/samples?since=yesterday | since needs an instant in UTC, such as 2026-11-21T18:30:00Z."
            })
    void saysWhatAnAddressNeeds(String path, String sentence) {
        assertThat(mvc.get().uri(SHOP + path))
                .hasStatus(HttpStatus.BAD_REQUEST)
                .hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
                .bodyText()
                .contains(sentence)
                .contains("urn:upshift:unreadable-address");
    }

    /** What curl sends where nobody told it otherwise. */
    @Test
    void saysHowABodyIsSent() {
        assertThat(mvc.post()
                        .uri(SHOP + "/runs")
                        .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                        .content("{}"))
                .hasStatus(HttpStatus.UNSUPPORTED_MEDIA_TYPE)
                .bodyText()
                .contains("Send the body as application/json");
    }
}
