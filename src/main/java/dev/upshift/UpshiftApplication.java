package dev.upshift;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.modulith.Modulithic;

/** Starts the Upshift control plane. */
@SpringBootApplication
@ConfigurationPropertiesScan
@Modulithic(systemName = "Upshift", sharedModules = "shared")
public class UpshiftApplication {

    public static void main(String[] args) {
        Carriers.provide();
        SpringApplication.run(UpshiftApplication.class, args);
    }
}
