// Sends a file with a single PUT, and asks the worker what has arrived.

import { Failure, Temporary } from './outcomes.js';
import { patiently } from './patience.js';
import { text } from './page.js';
import { put, requireReadable } from './transfer.js';
import { ask, description } from './worker.js';

/** How often a refused link is signed again before the person has to retry. */
const MOST_RENEWALS = 2;
/** How often the worker is asked for a file that it does not find. S3 shows a file as soon as it has confirmed it. */
const MOST_CHECKS = 4;

/**
 * Sends a file. A link lives a few minutes, so it is signed when sending starts, and again if it has expired.
 *
 * @param task the signal of the cancellation, and what to call when the state changes
 * @return the worker's receipt
 */
export async function sendWhole(file, task) {
  let renewals = 0;
  const number = await patiently(async () => {
    for (;; renewals += 1) {
      task.onState('preparing');
      await requireReadable(file);
      const link = await ask('sign', await description(file), task.signal);
      task.onState('sendingFile');
      task.onProgress(0);
      const status = await put(link, file, file, {
        signal: task.signal,
        onProgress: task.onProgress,
      });
      if (status >= 200 && status < 300) return link.number;
      // 412: the storage has a file already, from an earlier attempt or another tab. The next request for a link
      // tells which. 403: the link has expired.
      if ((status !== 403 && status !== 412) || renewals >= MOST_RENEWALS) {
        throw new Failure(text('failed'), { retryable: true });
      }
    }
  }, task);
  task.onNumber(number);
  task.onSent();
  return received(number, file, task);
}

/** Asks the worker until it has recorded the file. Its receipt is the only reason to thank the person. */
export async function received(number, file, task) {
  task.onState('checking');
  let checks = 0;
  return patiently(async () => {
    try {
      return await ask('arrived', { number, ...await description(file) }, task.signal);
    } catch (problem) {
      if (problem.code !== 'NOT_ARRIVED') throw problem;
      checks += 1;
      if (checks >= MOST_CHECKS) throw new Failure(text('unconfirmed'), { code: 'UNCONFIRMED', retryable: true });
      throw new Temporary('checking');
    }
  }, task);
}
