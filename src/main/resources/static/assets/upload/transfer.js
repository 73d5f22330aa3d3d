// Sends a file, or a part of it, to the storage.

import { Cancelled, Failure, Temporary } from './outcomes.js';
import { STALLED } from './patience.js';
import { text } from './page.js';

/** Headers that browsers set themselves; scripts may not set them. */
const FORBIDDEN_HEADERS = new Set(['content-length', 'host']);
const UNUSABLE = 'CHANGED';

/** Throws a Failure if the file was changed or moved since it was chosen (NotReadableError, NotFoundError). */
export async function requireReadable(file) {
  try {
    const ends = await Promise.all([file.slice(0, 1).arrayBuffer(), file.slice(file.size - 1).arrayBuffer()]);
    if (ends.every((it) => it.byteLength === 1)) return;
  } catch (unreadable) {
    // Reported below.
  }
  throw changed();
}

export const changed = () => new Failure(text('changed'), { code: UNUSABLE });

/**
 * Sends by a signed link, and resolves to the storage's status, if repeating cannot change it. Throws Temporary if it
 * can, and after 30 seconds without progress.
 *
 * @param file the file that the content belongs to
 * @param onProgress called with the number of sent bytes
 */
export async function put(link, content, file, { signal, onProgress }) {
  const answer = await send(link, content, { signal, onProgress });
  if (signal.aborted) throw new Cancelled();
  if (!answer) {
    await requireReadable(file);
    throw new Temporary('retrying');
  }
  const { status } = answer;
  // 409: another request for the same key is being executed. RequestTimeout: the storage waited for the body in vain.
  if (status === 409 || status === 429 || status >= 500 || (status === 400 && answer.body.includes('RequestTimeout'))) {
    throw new Temporary('busy');
  }
  return status;
}

/** Resolves to null if there was no answer. */
function send(link, content, { signal, onProgress }) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    let timer = setTimeout(abort, STALLED);
    const end = (answer) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      resolve(answer);
    };
    let sent = 0;
    request.open(link.method, link.url);
    for (const [name, value] of Object.entries(link.headers)) {
      if (!FORBIDDEN_HEADERS.has(name.toLowerCase())) request.setRequestHeader(name, value);
    }
    request.upload.addEventListener('progress', (event) => {
      if (event.loaded <= sent) return;
      sent = event.loaded;
      clearTimeout(timer);
      timer = setTimeout(abort, STALLED);
      onProgress(sent);
    });
    request.addEventListener('load', () => end({ status: request.status, body: request.responseText }));
    request.addEventListener('error', () => end(null));
    request.addEventListener('abort', () => end(null));
    signal.addEventListener('abort', abort);
    request.send(content);
  });
}
