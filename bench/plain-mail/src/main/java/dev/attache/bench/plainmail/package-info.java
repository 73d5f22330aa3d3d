/**
 * A simple listener that sends mails, with the defaults of Spring Boot and Spring Cloud AWS, for comparison with the
 * worker.
 */
package dev.attache.bench.plainmail;
