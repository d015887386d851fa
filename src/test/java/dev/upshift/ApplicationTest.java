package dev.upshift;

import dev.upshift.metadata.MetadataTest;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;

/**
 * The whole application without a port and without anything recurring, asked through {@code MockMvcTester}. The servers of its projects do not exist;
 * saving a project succeeds unless {@link PretendServers} is told otherwise. All tests with this annotation alone share
 * one context, hence one database: use slugs of your own, or start with {@code PretendServers.forgetProjects()}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@SpringBootTest(properties = "db-scheduler.enabled=false")
@AutoConfigureMockMvc
@MetadataTest
@Import(PretendServers.class)
public @interface ApplicationTest {}
