/** A loop without a framework, to hold the others against. */
package dev.attache.bench.loop;
