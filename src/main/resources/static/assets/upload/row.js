// One chosen file in the list: its name, size, state, progress and actions.

import { available } from './checksums.js';
import { Cancelled, Failure } from './outcomes.js';
import { humanSize, keepingFocus, moment, page, part, percent, settings, text, visible } from './page.js';
import { sendInParts } from './parts.js';
import { received, sendWhole } from './whole.js';

/** States in which the file is on its way. */
const BUSY = new Set(['waiting', 'sending']);
let rows = 0;

export class Row {
  /**
   * @param file the chosen file
   * @param events what to call: changed(row), removed(row), again(row)
   */
  constructor(file, events) {
    this.file = file;
    this.events = events;
    this.state = 'ready';
    this.sent = false;
    this.stop = new AbortController();
    this.element = part('row').content.firstElementChild.cloneNode(true);
    const name = this.find('name');
    rows += 1;
    name.id = `name-${rows}`;
    name.textContent = file.name;
    this.find('size').textContent = humanSize(file.size);
    for (const button of this.buttons) button.setAttribute('aria-describedby', name.id);
    this.find('progress').setAttribute('aria-describedby', name.id);
    this.find('remove').addEventListener('click', () => this.events.removed(this));
    this.find('retry').addEventListener('click', () => this.events.again(this));
    this.find('cancel').addEventListener('click', () => this.cancel());
    this.show('ready', '');
  }

  find(name) {
    return this.element.querySelector(`.${name}`);
  }

  get buttons() {
    return [...this.element.querySelectorAll('button')];
  }

  get busy() {
    return BUSY.has(this.state);
  }

  /** Whether it counts towards the number of files: it may still arrive. */
  get open() {
    return this.state !== 'arrived';
  }

  /** Whether it is the same file as another one. */
  is(file) {
    return this.file.name === file.name && this.file.size === file.size
      && this.file.lastModified === file.lastModified;
  }

  show(state, sentence, { retryable = false } = {}) {
    this.state = state;
    keepingFocus(() => {
      this.element.dataset.state = state;
      this.say(sentence, state === 'failed');
      this.find('sending').hidden = state !== 'sending';
      this.find('cancel').hidden = !this.busy;
      this.find('remove').hidden = this.busy || state === 'arrived';
      this.find('retry').hidden = !retryable;
      this.find('retry').textContent = text(this.sent ? 'check' : 'retry');
      this.find('actions').hidden = state === 'arrived';
    }, this.find('retry'), this.find('cancel'), this.find('remove'), this.element);
    this.events.changed(this);
  }

  /** Without a place for another file, one that failed is not replaced. */
  allowRemoval(allowed) {
    if (!allowed) keepingFocus(() => { this.find('remove').hidden = true; }, this.element);
  }

  say(sentence, problem = false) {
    const line = this.find('state');
    // Read aloud as soon as the text changes.
    if (problem) line.setAttribute('role', 'alert'); else line.removeAttribute('role');
    if (line.textContent !== sentence) line.textContent = sentence;
    line.classList.toggle('problem', problem);
  }

  progress(sent) {
    const share = Math.min(1, sent / this.file.size);
    this.find('progress').value = share * 100;
    this.find('percent').textContent = percent(share);
  }

  cancel() {
    this.stop.abort();
    // A row that waits for its turn has no attempt that would notice it.
    if (this.state === 'waiting') this.fail(new Cancelled());
  }

  wait() {
    this.stop = new AbortController();
    this.show('waiting', text('waiting'));
  }

  /** Sends the file. Resolves to the receipt, or to null. Never rejects. */
  async send() {
    if (this.state !== 'waiting') return null;
    this.progress(0);
    this.show('sending', text('preparing'));
    const task = {
      signal: this.stop.signal,
      onState: (name) => this.say(text(name)),
      onNumber: (number) => { this.number = number; },
      onSent: () => { this.sent = true; },
      onProgress: (sent) => this.progress(sent),
      onWait: (reason) => {
        this.find('state').setAttribute('aria-live', 'polite');
        this.say(text(reason));
      },
    };
    try {
      return this.arrived(await this.attempt(task), false);
    } catch (problem) {
      if (problem.code === 'ALREADY_ARRIVED' && problem.receipt) return this.arrived(problem.receipt, true);
      this.fail(problem);
      return problem.receipt ?? null;
    }
  }

  async attempt(task) {
    if (this.sent) return received(this.number, this.file, task);
    const inParts = available && this.file.size > Number(settings.multipartThreshold || Infinity);
    return inParts ? sendInParts(this.file, task) : sendWhole(this.file, task);
  }

  /** @param before whether it had arrived before it was sent */
  arrived(receipt, before) {
    this.before = before;
    this.sent = false;
    const recorded = receipt.files.find((it) => (before ? it.name === this.file.name : it.number === this.number))
      ?? receipt.files.at(-1);
    this.number = recorded.number;
    this.show('arrived', text('receivedAt', moment(recorded.receivedAt)));
    return receipt;
  }

  fail(problem) {
    if (problem instanceof Cancelled) {
      this.sent = false;
      this.show('cancelled', text('cancelled'), { retryable: true });
      return;
    }
    const failure = problem instanceof Failure ? problem : new Failure(text('failed'), { retryable: true });
    this.sent &&= failure.code === 'UNCONFIRMED';
    this.failure = failure;
    this.show('failed', failure.message, failure);
    if (this.element.contains(document.activeElement) || page.querySelectorAll('.row').length === 1) {
      this.element.scrollIntoView({ block: 'nearest' });
    }
  }

  focus() {
    (this.buttons.find(visible) ?? this.element).focus();
  }
}
