/**
 * The mail path's other side: a listener as anyone would write it in an afternoon, with the defaults of Spring Boot and
 * Spring Cloud AWS.
 */
package dev.attache.bench.plainmail;
