/** Tests of the alarms, the dashboard and the runbook: of the files in {@code infra/monitoring}. */
@NullMarked
package dev.attache.monitoring;

import org.jspecify.annotations.NullMarked;
