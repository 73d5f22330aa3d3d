package dev.attache;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the worker. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class AttacheApplication {

    public static void main(String[] args) {
        SpringApplication.run(AttacheApplication.class, args);
    }
}
