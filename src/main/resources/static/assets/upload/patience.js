// Repeats attempts without the person: with backoff, and while the device is offline as soon as it is online again.

import { Cancelled, Failure, Temporary } from './outcomes.js';
import { text } from './page.js';

/** Without progress for this time, an attempt is given up and repeated; in milliseconds. */
export const STALLED = 30_000;

const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 30_000;
/** Attempts, over about four minutes, before the person is asked. Time offline does not count. */
const MOST_ATTEMPTS = 12;

/**
 * Repeats an attempt as long as it fails temporarily.
 *
 * @param signal aborted when the person cancels
 * @param onWait called with the name of a text before each pause
 */
export async function patiently(attempt, { signal, onWait = () => {} }) {
  let failed = 0;
  for (;;) {
    if (signal.aborted) throw new Cancelled();
    try {
      return await attempt();
    } catch (problem) {
      if (signal.aborted) throw new Cancelled();
      if (!(problem instanceof Temporary)) throw problem;
      failed += navigator.onLine ? 1 : 0;
      if (failed >= MOST_ATTEMPTS) {
        throw new Failure(text(problem.reason === 'busy' ? 'failed' : 'interrupted'), { retryable: true });
      }
      onWait(navigator.onLine ? problem.reason : 'offline');
      await pause(Math.max(problem.wait, backoff(failed)), signal);
    }
  }
}

function backoff(failed) {
  return Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** Math.max(0, failed - 1)) * (0.8 + 0.2 * Math.random());
}

/** Waits; while offline, until the device is online again, even if that takes longer. */
function pause(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const stop = new AbortController();
    let over = false;
    const end = () => {
      stop.abort();
      clearTimeout(timer);
      if (signal.aborted) reject(new Cancelled()); else resolve();
    };
    const timer = setTimeout(() => {
      over = true;
      if (navigator.onLine) end();
    }, milliseconds);
    const wasOffline = !navigator.onLine;
    addEventListener('online', () => { if (over || wasOffline) end(); }, { signal: stop.signal });
    signal.addEventListener('abort', end, { signal: stop.signal });
  });
}
