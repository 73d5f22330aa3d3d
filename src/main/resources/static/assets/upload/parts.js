// Sends a large file in parts. What has arrived before an interruption or a reload is not sent again.

import { base64, composite, sha256 } from './checksums.js';
import { Failure } from './outcomes.js';
import { patiently } from './patience.js';
import { text } from './page.js';
import { changed, put, requireReadable } from './transfer.js';
import { ask, description } from './worker.js';

const MOST_IN_FLIGHT = 3;
/** Parts that are signed together. Their links must not expire before they are sent over a slow line. */
const SIGNED_AT_ONCE = 6;
const MOST_STARTS = 3;
const MOST_RENEWALS = 4;

/**
 * Sends a file, and returns the worker's receipt.
 *
 * @param task the signal of the cancellation, and what to call when the state changes
 */
export async function sendInParts(file, task) {
  for (let starts = 1; ; starts += 1) {
    try {
      return await new PartwiseUpload(file, task).run();
    } catch (problem) {
      if (problem.code !== 'PARTS_CHANGED') throw problem;
      if (starts >= MOST_STARTS) throw new Failure(problem.message, { retryable: true });
    }
  }
}

/** The id of this tab, which outlives a reload. Each tab sends parts of its own. */
function tab() {
  const key = 'attache.tab';
  try {
    const known = sessionStorage.getItem(key) ?? crypto.randomUUID();
    sessionStorage.setItem(key, known);
    return known;
  } catch (blocked) {
    return crypto.randomUUID();
  }
}

class PartwiseUpload {
  constructor(file, task) {
    this.file = file;
    this.task = task;
    this.hashes = [];
    this.sent = [];
    this.signed = [];
    this.preparing = Promise.resolve();
    // Stops the other parts if one of them fails.
    this.stop = new AbortController();
    if (task.signal.aborted) this.stop.abort();
    task.signal.addEventListener('abort', () => this.stop.abort(), { signal: this.stop.signal });
  }

  async run() {
    const { file, task } = this;
    task.onState('preparing');
    await requireReadable(file);
    const begun = await this.ask('multipart', { ...await this.described(), tab: tab() });
    this.number = begun.number;
    task.onNumber(begun.number);
    this.uploadId = begun.uploadId;
    this.partSize = begun.partSize;
    this.count = Math.ceil(file.size / begun.partSize);
    try {
      this.missing = await this.compare(begun.parts);
      task.onState('sendingFile');
      await Promise.all(Array.from({ length: MOST_IN_FLIGHT }, () => this.sendMissing()));
    } catch (problem) {
      this.stop.abort();
      throw problem;
    }
    task.onState('checking');
    const checksum = await composite(this.hashes);
    return this.ask('multipart-complete', { number: this.number, uploadId: this.uploadId, checksum });
  }

  async described() {
    try {
      return await description(this.file);
    } catch (unreadable) {
      throw changed();
    }
  }

  ask(action, body) {
    return patiently(() => ask(action, body, this.task.signal), this.task);
  }

  part(at) {
    return this.file.slice(at * this.partSize, Math.min(this.file.size, (at + 1) * this.partSize));
  }

  async hashOf(from, length) {
    try {
      return await sha256(await this.file.slice(from, Math.min(this.file.size, from + length)).arrayBuffer());
    } catch (unreadable) {
      throw changed();
    }
  }

  async hash(at) {
    this.hashes[at] ??= await this.hashOf(at * this.partSize, this.partSize);
    return base64(this.hashes[at]);
  }

  /** The parts that have to be sent: those that are not stored, or with another content. */
  async compare(stored) {
    const known = new Map(stored.map((it) => [it.number - 1, it]));
    const missing = [];
    if (known.size) this.task.onState('resuming');
    for (let at = 0; at < this.count; at += 1) {
      if (this.task.signal.aborted) break;
      const part = known.get(at);
      if (part && part.size === this.part(at).size && part.sha256 === await this.hash(at)) {
        this.tally(at, part.size);
      } else {
        missing.push(at);
      }
    }
    return missing;
  }

  /** Counts the bytes of a part that are sent. */
  tally(at, bytes) {
    this.sent[at] = bytes;
    this.task.onProgress(this.sent.reduce((sum, it) => sum + (it ?? 0), 0));
  }

  async sendMissing() {
    for (let next = await this.next(); next; next = await this.next()) {
      await this.send(next.at, next.link);
    }
  }

  /** The next part with its link. Parts are hashed and signed in groups, by one of the lanes at a time. */
  next() {
    const turn = this.preparing.then(async () => {
      if (!this.signed.length && this.missing.length) {
        this.signed = await this.sign(this.missing.splice(0, SIGNED_AT_ONCE));
      }
      return this.signed.shift();
    });
    this.preparing = turn.catch(() => {});
    return turn;
  }

  async sign(group) {
    const parts = [];
    for (const at of group) parts.push({ number: at + 1, sha256: await this.hash(at) });
    const answer = await this.ask('parts', { number: this.number, uploadId: this.uploadId, parts });
    return answer.parts.map((link) => ({ at: link.number - 1, link }));
  }

  async send(at, link) {
    let current = link;
    let renewals = 0;
    const lane = { signal: this.stop.signal, onWait: (reason) => this.task.onWait(reason) };
    await patiently(async () => {
      for (;; renewals += 1) {
        const status = await put(current, this.part(at), this.file, {
          signal: this.stop.signal,
          onProgress: (bytes) => {
            this.task.onState('sendingFile');
            this.tally(at, bytes);
          },
        });
        if (status >= 200 && status < 300) break;
        if (status === 404) throw new Failure(text('failed'), { code: 'PARTS_CHANGED' });
        if (status !== 403 || renewals >= MOST_RENEWALS) throw new Failure(text('failed'), { retryable: true });
        [{ link: current }] = await this.sign([at]);
      }
    }, lane);
    this.tally(at, this.part(at).size);
  }
}
