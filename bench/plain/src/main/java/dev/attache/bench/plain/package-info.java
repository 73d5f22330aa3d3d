/**
 * The other side of the comparison: a listener as anyone would write it in an afternoon, with Spring Cloud AWS's
 * defaults.
 */
package dev.attache.bench.plain;
