/** A simple listener with the defaults of Spring Cloud AWS, for comparison with the worker. */
package dev.attache.bench.plain;
