/** A loop without a framework, for comparison. */
package dev.attache.bench.loop;
