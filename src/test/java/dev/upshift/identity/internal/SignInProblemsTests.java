package dev.upshift.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.InternalAuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import tools.jackson.databind.json.JsonMapper;

class SignInProblemsTests {

    private final SignInProblems problems = new SignInProblems(JsonMapper.shared());

    @Test
    void aWrongPasswordIsSaidToBeWrong() throws IOException {
        MockHttpServletResponse answer = answerTo(new BadCredentialsException("no"));

        assertThat(answer.getStatus()).isEqualTo(401);
        assertThat(answer.getHeader(HttpHeaders.WWW_AUTHENTICATE)).contains("Basic");
        assertThat(answer.getContentAsString()).contains("The user name or the password is wrong.");
    }

    @Test
    void aPasswordThatCannotBeComparedIsNotSaidToBeWrong() throws IOException {
        MockHttpServletResponse answer = answerTo(new InternalAuthenticationServiceException("database is away"));

        assertThat(answer.getStatus()).isEqualTo(503);
        assertThat(answer.getHeader(HttpHeaders.WWW_AUTHENTICATE)).isNull();
        assertThat(answer.getContentAsString())
                .contains("metadata database does not answer")
                .doesNotContain("database is away");
    }

    private MockHttpServletResponse answerTo(AuthenticationException exception) throws IOException {
        MockHttpServletResponse response = new MockHttpServletResponse();
        problems.commence(new MockHttpServletRequest("GET", "/api/v1/projects"), response, exception);
        return response;
    }
}
