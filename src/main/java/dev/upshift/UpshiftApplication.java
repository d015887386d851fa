package dev.upshift;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the control plane. */
@SpringBootApplication
public class UpshiftApplication {

    public static void main(String[] args) {
        SpringApplication.run(UpshiftApplication.class, args);
    }
}
