// Calls of the worker, which signs links and records what has arrived.

import { available, firstPart } from './checksums.js';
import { Cancelled, Failure, retryAfter, Temporary } from './outcomes.js';
import { STALLED } from './patience.js';
import { settings, text } from './page.js';

/** Statuses that say that the same request can succeed later. */
const isTemporary = (status) => status === 408 || status === 429 || status >= 500;

/**
 * Posts a JSON object. Throws a Failure with the worker's problem, or Temporary.
 *
 * @param action the end of the path
 * @param signal aborted when the person cancels
 */
export async function ask(action, body, signal) {
  const limit = new AbortController();
  const cancel = () => limit.abort();
  const timer = setTimeout(cancel, STALLED);
  signal.addEventListener('abort', cancel);
  try {
    const answer = await fetch(settings.calls + action, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json, application/problem+json' },
      body: JSON.stringify(body),
      credentials: 'omit',
      cache: 'no-store',
      signal: limit.signal,
    });
    return await content(answer);
  } catch (problem) {
    if (signal.aborted) throw new Cancelled();
    if (problem instanceof Failure || problem instanceof Temporary) throw problem;
    throw new Temporary('retrying');
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', cancel);
  }
}

async function content(answer) {
  if (isTemporary(answer.status)) throw new Temporary('busy', retryAfter(answer.headers.get('Retry-After')));
  if (answer.ok) return answer.json();
  const problem = await answer.json().catch((failure) => {
    if (failure instanceof SyntaxError) return {};
    throw failure;
  });
  throw new Failure(problem.detail || text('failed'), {
    code: problem.code, receipt: problem.receipt, retryable: !problem.code,
  });
}

/** How the worker gets to know a file: also by its content, as far as the browser can hash it. */
export async function description(file) {
  const { name, size, type, lastModified } = file;
  const known = { name, size, type, lastModified };
  return available ? { ...known, firstPart: await firstPart(file) } : known;
}
