package dev.upshift;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.modulith.docs.Documenter;

/** Keeps every module to what its {@code package-info} allows it to depend on. */
class ModularityTests {

    private final ApplicationModules modules = ApplicationModules.of(UpshiftApplication.class);

    @Test
    void modulesDependOnlyOnWhatTheyDeclare() {
        modules.verify();
    }

    /** Leaves diagrams and tables of the modules in {@code target/spring-modulith-docs}. */
    @Test
    void modulesDescribeThemselves() {
        new Documenter(modules).writeDocumentation();
    }
}
