package dev.upshift.metadata;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.test.context.ContextConfiguration;

/**
 * Gives a test's application context a metadata database of its own, on a server that all tests of the JVM share. To be
 * put beside {@code @SpringBootTest}, {@code @ApplicationModuleTest} or {@code @DataJdbcTest}; the tables are made by
 * the application itself. Tests without a context use {@link TestMetadata}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ContextConfiguration(initializers = MetadataInitializer.class)
public @interface MetadataTest {

    /** Of the user {@code admin}. */
    String ADMINISTRATORS_PASSWORD = "test-password";
}
