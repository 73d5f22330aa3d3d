// The upload page: the list of chosen files, and what can be done with it. Files are sent directly to the storage.

import { listen as listenForFiles } from './upload/choosing.js';
import { listen as listenForEnds, offer } from './upload/ending.js';
import { isOver, whenOver } from './upload/expiry.js';
import { Failure } from './upload/outcomes.js';
import { keepingFocus, part, settings, text, visible } from './upload/page.js';
import { finishWith, remaining, showReceived } from './upload/receipt.js';
import { Row } from './upload/row.js';

/** Files that are sent at the same time. */
const AT_ONCE = 2;
/** Problems that concern all files: none can be sent any more. */
const CLOSED = new Set(['LINK_EXPIRED', 'UPLOAD_REVOKED', 'UPLOAD_DECLINED', 'UPLOAD_COMPLETED', 'UNKNOWN_UPLOAD']);

const several = Number(settings.maxFiles) > 1;
const rows = [];
/** How many files can still arrive. */
let left = Number(settings.remainingFiles);
let closed = false;
let finished = false;
/** Whether the worker is being asked to end the request. A file that is sent meanwhile could be too late. */
let ending = false;

const room = () => (closed || ending ? 0 : Math.max(0, left - rows.filter((it) => it.open).length));
/** A file that cannot be sent any more can be chosen again. */
const isKnown = (file) => rows.some((it) => it.is(file) && it.state !== 'failed');
const isBusy = () => rows.some((it) => it.busy);

/** @param problem lines; scrolled into view, because on a small screen it can be below the edge */
function say(problem, status = '') {
  part('problem').textContent = problem;
  part('problem').hidden = !problem;
  part('status').textContent = status;
  if (problem) part('problem').scrollIntoView({ block: 'nearest' });
}

/** Shows what is possible in the present state. */
function refresh() {
  const ready = rows.filter((it) => it.state === 'ready').length;
  keepingFocus(() => {
    part('list').hidden = !rows.length;
    part('choose').hidden = !room();
    part('send').hidden = !ready || closed || ending;
    part('send').textContent = text(ready > 1 ? 'sendMany' : 'send');
    part('left').hidden = !several || !room();
    part('left').textContent = room() === 1 ? text('leftOne') : text('leftMany', room());
    for (const row of rows) row.allowRemoval(!closed && (several || left > 0));
  }, rows.flatMap((it) => it.buttons), part('send'), part('file'), part('finish'));
  const idle = !closed && !isBusy() && !ready;
  const arrived = Number(settings.maxFiles) - left;
  offer({ finishing: several && idle && arrived > 0, declining: !closed && !isBusy() && arrived === 0 });
}

function tell() {
  if (closed || finished) return;
  const sent = rows.filter((it) => it.busy || it.state === 'arrived');
  const arrived = sent.filter((it) => it.state === 'arrived').length;
  const states = [
    isBusy() && text(sent.length > 1 ? 'sendingMany' : 'sending'),
    sent.length > 1 && text('overall', arrived, sent.length),
  ];
  part('status').textContent = states.filter(Boolean).join(' ');
}

function close(sentence) {
  if (finished) return;
  closed = true;
  for (const row of rows.filter((it) => it.state === 'ready')) row.fail(new Failure(sentence));
  refresh();
  say(sentence);
}

// ---- Files

function choose(added, problems) {
  say(problems.join('\n'));
  for (const file of added) {
    const row = new Row(file, { changed: onChanged, removed: remove, again: (it) => send([it]) });
    rows.push(row);
    part('list').append(row.element);
  }
  refresh();
  if (added.length) {
    if (!problems.length) part('send').focus();
    if (!isBusy()) part('status').textContent = text('ready');
  }
}

function onChanged(row) {
  if (!rows.includes(row)) return;
  refresh();
  tell();
}

function remove(row) {
  const at = rows.indexOf(row);
  rows.splice(at, 1);
  const next = rows[at] ?? rows[at - 1];
  row.element.remove();
  say('');
  refresh();
  if (next) {
    next.focus();
  } else if (visible(part('choose'))) {
    part('file').focus();
    if (!several) part('file').click();
  }
}

// ---- Sending

async function send(chosen) {
  if (ending) return;
  if (isOver()) {
    close(text('expired'));
    return;
  }
  say('');
  for (const row of chosen) row.wait();
  chosen[0]?.focus();
  addEventListener('beforeunload', warn);
  const queue = [...chosen];
  const lane = async () => {
    for (let row = queue.shift(); row; row = queue.shift()) settle(row, await row.send());
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  if (!isBusy()) removeEventListener('beforeunload', warn);
}

/** @param receipt what the worker has recorded; null if it did not say so */
function settle(row, receipt) {
  if (receipt) {
    left = remaining(receipt);
    showReceived(receipt, (file) => rows.some((it) => it.state === 'arrived' && it.number === file.number));
    if (receipt.complete && row.state === 'arrived' && !rows.some((it) => it.busy)) {
      finished = true;
      finishWith(receipt, rows.filter((it) => it.state === 'arrived').every((it) => it.before));
      return;
    }
  }
  if (row.state === 'failed' && CLOSED.has(row.failure.code)) close(row.failure.message);
  refresh();
  tell();
}

function warn(event) {
  event.preventDefault();
}

// ---- Start

part('send').addEventListener('click', () => send(rows.filter((it) => it.state === 'ready')));
listenForFiles({ room, isKnown, isClosed: () => closed || ending || finished, choose });
listenForEnds({
  say,
  ending: (now) => {
    ending = now;
    if (!finished) refresh();
  },
  ended: () => { finished = true; },
  refused: (failure) => {
    if (failure.code === 'ALREADY_ARRIVED' && failure.receipt) {
      finished = true;
      finishWith(failure.receipt, true);
    } else if (CLOSED.has(failure.code)) close(failure.message);
    else return false;
    return true;
  },
});
whenOver(() => close(text('expired')));
part('work').hidden = false;
refresh();
