package dev.upshift.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

import dev.upshift.ApplicationTest;
import dev.upshift.PretendServers;
import dev.upshift.metadata.MetadataTest;
import jakarta.servlet.MultipartConfigElement;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.test.web.servlet.request.RequestPostProcessor;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.multipart.MultipartResolver;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

@ApplicationTest
class SecurityRulesTests {

    private static final Set<String> PUBLIC = Set.of("/login", "/error");

    @Autowired
    private MockMvcTester mvc;

    @Autowired
    @Qualifier("requestMappingHandlerMapping") private RequestMappingHandlerMapping endpoints;

    @Autowired
    private PretendServers servers;

    @Autowired
    private SignInThrottle throttle;

    @Autowired
    private ApplicationContext context;

    @BeforeEach
    void fresh() {
        servers.forgetProjects();
        throttle.forgetAll();
    }

    /** Every endpoint that any module has, now or later. */
    @Test
    void nothingIsReachableWithoutSignIn() {
        assertThat(endpoints.getHandlerMethods().keySet()).isNotEmpty().allSatisfy(mapping -> {
            Set<RequestMethod> methods = mapping.getMethodsCondition().getMethods();
            for (String pattern : mapping.getPatternValues()) {
                for (RequestMethod method : methods.isEmpty() ? Set.of(RequestMethod.GET) : methods) {
                    if (!PUBLIC.contains(pattern)) {
                        asksForSignIn(method.asHttpMethod(), pattern);
                    }
                }
            }
        });
    }

    private void asksForSignIn(HttpMethod method, String pattern) {
        String path = Pattern.compile("\\{[^}]+}").matcher(pattern).replaceAll("1");
        MvcTestResult result =
                mvc.method(method).uri(path).with(csrf()).accept(MediaType.ALL).exchange();
        if (path.startsWith("/api/") || path.startsWith("/v3/")) {
            assertThat(result)
                    .as("%s %s", method, path)
                    .hasStatus(HttpStatus.UNAUTHORIZED)
                    .hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
        } else {
            assertThat(result).as("%s %s", method, path).hasStatus3xxRedirection();
            assertThat(result.getResponse().getRedirectedUrl()).endsWith("/login");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness"})
    void healthIsPublicAndTellsNoDetails(String path) {
        assertThat(mvc.get().uri(path)).hasStatusOk().bodyJson().doesNotHavePath("$.components");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/prometheus", "/actuator/info", "/actuator", "/v3/api-docs", "/nowhere"})
    void everythingElseIsNot(String path) {
        MvcTestResult result = mvc.get().uri(path).exchange();

        assertThat(result.getResponse().getStatus()).isIn(302, 401);
    }

    @Test
    void programsChangeThingsWithBasicAndWithoutACsrfToken() {
        assertThat(create(administrator())).hasStatus(HttpStatus.BAD_REQUEST); // reached the controller
        assertThat(mvc.get().uri("/api/v1/projects").with(administrator())).hasStatusOk();
        assertThat(mvc.get().uri("/v3/api-docs").with(administrator())).hasStatusOk();
    }

    @Test
    void signingInByBasicOpensNoSession() {
        MvcTestResult result =
                mvc.get().uri("/api/v1/projects").with(administrator()).exchange();

        assertThat(result.getRequest().getSession(false)).isNull();
    }

    @Test
    void aSessionReadsFromTheApiButChangesNothingThere() {
        MockHttpSession session = signIn();

        assertThat(mvc.get().uri("/api/v1/projects").session(session)).hasStatusOk();
        assertThat(create(request -> {
                    request.setSession(session);
                    return request;
                }))
                .hasStatus(HttpStatus.UNAUTHORIZED);
        assertThat(mvc.delete().uri("/api/v1/projects/shop").session(session)).hasStatus(HttpStatus.UNAUTHORIZED);
    }

    @Test
    void formsNeedACsrfToken() {
        assertThat(mvc.post().uri("/login").param("username", "admin").param("password", "x"))
                .hasStatus(HttpStatus.FORBIDDEN);
        assertThat(mvc.post().uri("/logout").session(signIn())).hasStatus(HttpStatus.FORBIDDEN);
    }

    @Test
    void signingInChangesTheSessionsName() {
        MockHttpSession before = new MockHttpSession();
        String name = before.getId();

        mvc.post()
                .uri("/login")
                .session(before)
                .with(csrf())
                .param("username", "admin")
                .param("password", MetadataTest.ADMINISTRATORS_PASSWORD)
                .exchange();

        assertThat(before.getId()).isNotEqualTo(name);
    }

    @Test
    void refusesAWrongPassword() {
        assertThat(mvc.get().uri("/api/v1/projects").with(httpBasic("admin", "wrong-password")))
                .hasStatus(HttpStatus.UNAUTHORIZED)
                .hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
                .hasHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"Upshift\", charset=\"UTF-8\"");
    }

    @Test
    void browsersAreNotMadeToAskForAPasswordTheyWouldKeep() {
        assertThat(mvc.get().uri("/api/v1/projects").header("Sec-Fetch-Mode", "cors"))
                .hasStatus(HttpStatus.UNAUTHORIZED)
                .doesNotContainHeader(HttpHeaders.WWW_AUTHENTICATE);
    }

    @Test
    void whoGuessesIsToldToWaitAndTheRightPasswordIsLetIn() {
        for (int i = 0; i < SignInThrottle.FAILURES; i++) {
            assertThat(mvc.get().uri("/api/v1/projects").with(httpBasic("admin", "guess-" + i)))
                    .hasStatus(HttpStatus.UNAUTHORIZED);
        }

        assertThat(mvc.get().uri("/api/v1/projects").with(httpBasic("admin", "one-more")))
                .hasStatus(HttpStatus.TOO_MANY_REQUESTS)
                .hasHeader(HttpHeaders.RETRY_AFTER, "30")
                .bodyJson()
                .extractingPath("$.detail")
                .asString()
                .contains("wait 30 seconds");
        assertThat(mvc.post().uri("/api/v1/projects/none/runs/1/abort").with(administrator()))
                .hasStatus(HttpStatus.NOT_FOUND);
    }

    /** What is no upload must not be taken apart as one: without a boundary that would be an error of ours. */
    @Test
    void nobodyUploadsAnything() {
        assertThat(context.getBeanNamesForType(MultipartResolver.class)).isEmpty();
        assertThat(context.getBeanNamesForType(MultipartConfigElement.class)).isEmpty();
        assertThat(mvc.post()
                        .uri("/api/v1/projects")
                        .contentType(MediaType.MULTIPART_FORM_DATA)
                        .content("{}")
                        .with(administrator()))
                .hasStatus(HttpStatus.UNSUPPORTED_MEDIA_TYPE);
    }

    @ParameterizedTest
    @CsvSource({
        "Origin, http://elsewhere.example, 403",
        "Origin, http://localhost:8081, 403",
        "Origin, http://localhost.elsewhere.example, 403",
        "Origin, null, 403",
        "Origin, http://[, 403",
        "Sec-Fetch-Site, cross-site, 403",
        "Sec-Fetch-Site, same-site, 403",
        "Origin, http://localhost, 404",
        "Origin, https://LOCALHOST, 404",
        "Sec-Fetch-Site, same-origin, 404",
        "Sec-Fetch-Site, none, 404",
        "Accept, */*, 404"
    })
    void otherOriginsChangeNothingWithAPasswordThatABrowserKeeps(String header, String value, int status) {
        for (String path : List.of("/api/v1/projects/none/runs/1/abort", "/api/v1/projects/none/runs/1/continue")) {
            assertThat(mvc.post()
                            .uri(path)
                            .header("Host", "localhost")
                            .header(header, value)
                            .with(administrator()))
                    .hasStatus(status)
                    .hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
        }
        assertThat(mvc.get().uri("/api/v1/projects").header(header, value).with(administrator()))
                .hasStatusOk();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/login", "/api/v1/projects", "/actuator/health"})
    void everyAnswerForbidsWhatIsInlineOrFromElsewhere(String path) {
        MvcTestResult result = mvc.get().uri(path).exchange();

        assertThat(result.getResponse().getHeader("Content-Security-Policy"))
                .contains("default-src 'self'")
                .contains("frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(result)
                .hasHeader("X-Content-Type-Options", "nosniff")
                .hasHeader("X-Frame-Options", "DENY")
                .hasHeader("Referrer-Policy", "same-origin");
    }

    @Test
    void fragmentsOfAPageWhoseSessionEndedMakeItReload() {
        assertThat(mvc.get().uri("/projects/shop").header("HX-Request", "true"))
                .hasStatus(HttpStatus.FORBIDDEN)
                .hasHeader("HX-Refresh", "true");
    }

    private MvcTestResult create(RequestPostProcessor who) {
        return mvc.post()
                .uri("/api/v1/projects")
                .contentType(MediaType.APPLICATION_JSON)
                .content("{}")
                .with(who)
                .exchange();
    }

    private MockHttpSession signIn() {
        MockHttpSession session = new MockHttpSession();
        assertThat(mvc.post()
                        .uri("/login")
                        .session(session)
                        .with(csrf())
                        .param("username", "admin")
                        .param("password", MetadataTest.ADMINISTRATORS_PASSWORD))
                .hasRedirectedUrl("/");
        return session;
    }

    private static RequestPostProcessor administrator() {
        return httpBasic("admin", MetadataTest.ADMINISTRATORS_PASSWORD);
    }
}
