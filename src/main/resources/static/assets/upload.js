// The upload page: checks the chosen file, requests a signed link and sends the file directly to the storage.
// A link lives a few minutes, so it is requested when sending starts, and again if it has expired.

const page = document.getElementById('upload');
const text = page.dataset;
const part = (id) => document.getElementById(id);
const input = part('file');

/** How often a refused link is signed again before the person has to retry. */
const MAX_RENEWALS = 2;
/** Headers that browsers set themselves; scripts may not set them. */
const FORBIDDEN_HEADERS = new Set(['content-length', 'host']);

const language = document.documentElement.lang;
let file = null;
let request = null;
let busy = false;
let cancelled = false;

part('work').hidden = false;

function show(...ids) {
  for (const id of ['choose', 'chosen', 'sending', 'send', 'retry', 'other', 'cancel']) {
    part(id).hidden = !ids.includes(id);
  }
}

function say(status, problem = '') {
  part('status').textContent = status;
  part('problem').textContent = problem;
  part('problem').hidden = !problem;
}

function humanSize(bytes) {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return new Intl.NumberFormat(language, {
    style: 'unit', unit: units[unit], unitDisplay: unit ? 'short' : 'long',
    maximumFractionDigits: unit && value < 9.95 ? 1 : 0,
  }).format(value);
}

// ---- Choosing

/** The problem of a file, or an empty text. The server checks the file again. */
function problemOf(candidate) {
  const accepted = text.contentTypes.split(' ');
  const type = candidate.type.toLowerCase();
  const fits = (range) => range === '*/*' || range === type || (range.endsWith('/*') && type.startsWith(range.slice(0, -1)));
  if (candidate.size === 0) return text.textEmpty;
  if (text.exactBytes && candidate.size !== Number(text.exactBytes)) return text.textWrongSize;
  if (candidate.size > Number(text.maxBytes)) return text.textTooLarge;
  if (type && type !== 'application/octet-stream' && !accepted.some(fits)) return text.textType;
  return '';
}

function choose(candidate) {
  if (!candidate || busy) return;
  const problem = problemOf(candidate);
  input.value = '';
  if (problem) {
    start();
    say('', problem);
    return;
  }
  file = candidate;
  part('name').textContent = candidate.name;
  part('size').textContent = humanSize(candidate.size);
  show('chosen', 'send', 'other');
  say(text.textReady);
  part('send').focus();
}

function start() {
  file = null;
  show('choose');
  say('');
}

// ---- Sending

/** Requests a link. Throws a Failure with the text for the person, or ARRIVED. */
async function sign() {
  let answer;
  try {
    answer = await fetch(text.signUrl, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json, application/problem+json' },
      body: JSON.stringify({ name: file.name, size: file.size, type: file.type }),
      credentials: 'omit',
      cache: 'no-store',
    });
  } catch (networkError) {
    throw new Failure(text.textInterrupted, true);
  }
  const body = await answer.json().catch(() => ({}));
  if (answer.ok) return body;
  if (body.code === 'ALREADY_ARRIVED') throw ARRIVED;
  throw new Failure(body.detail || text.textFailed, answer.status >= 500 || answer.status === 429);
}

/** Sends the file; resolves to the status, 0 if the connection was lost and -1 if the person cancelled. */
function put(link) {
  return new Promise((resolve) => {
    request = new XMLHttpRequest();
    request.open(link.method, link.url);
    for (const [name, value] of Object.entries(link.headers)) {
      if (!FORBIDDEN_HEADERS.has(name.toLowerCase())) request.setRequestHeader(name, value);
    }
    request.upload.addEventListener('progress', (event) => progress(event.loaded, file.size));
    request.addEventListener('load', () => resolve(request.status));
    request.addEventListener('error', () => resolve(0));
    request.addEventListener('abort', () => resolve(-1));
    request.send(file);
  });
}

function progress(sent, total) {
  const share = Math.min(1, sent / total);
  part('progress').value = Math.round(share * 100);
  part('percent').textContent = new Intl.NumberFormat(language, { style: 'percent' }).format(share);
}

class Failure extends Error {
  constructor(sentence, retryable) {
    super(sentence);
    this.retryable = retryable;
  }
}

const ARRIVED = Symbol('arrived');

/** Sends the file, with a new link if one has expired. */
async function deliver() {
  for (let signed = 0; ; signed += 1) {
    say(text.textPreparing);
    const link = await sign();
    if (cancelled) throw new Failure(text.textCancelled, true);
    say(text.textSending);
    const status = await put(link);
    if (status >= 200 && status < 300) return;
    if (status === -1) throw new Failure(text.textCancelled, true);
    if (status === 0) throw new Failure(text.textInterrupted, true);
    // 412: the storage has a file already, from an earlier attempt or another tab. The next request for a link tells which.
    if ((status !== 403 && status !== 412) || signed >= MAX_RENEWALS) throw new Failure(text.textFailed, true);
  }
}

async function send() {
  busy = true;
  cancelled = false;
  show('chosen', 'sending', 'cancel');
  progress(0, file.size);
  addEventListener('beforeunload', warn);
  try {
    await deliver();
    finish(text.textDone, text.textDoneText);
  } catch (failure) {
    if (failure === ARRIVED) {
      finish(text.textArrived, text.textArrivedText);
    } else {
      fail(failure);
    }
  } finally {
    removeEventListener('beforeunload', warn);
    request = null;
    busy = false;
  }
}

function fail(failure) {
  const retryable = !(failure instanceof Failure) || failure.retryable;
  const sentence = failure instanceof Failure ? failure.message : text.textFailed;
  show('chosen', 'other', ...(retryable ? ['retry'] : []));
  if (sentence === text.textCancelled) {
    say(sentence);
  } else {
    say('', sentence);
  }
  part(retryable ? 'retry' : 'other').focus();
}

function finish(heading, sentence) {
  part('request').hidden = true;
  part('work').hidden = true;
  part('done').hidden = false;
  part('done-heading').textContent = heading;
  part('done-text').textContent = sentence;
  part('done-heading').focus();
  document.title = heading;
}

function warn(event) {
  event.preventDefault();
}

// ---- Events

input.addEventListener('change', () => choose(input.files[0]));
part('send').addEventListener('click', send);
part('retry').addEventListener('click', send);
part('cancel').addEventListener('click', () => {
  cancelled = true;
  request?.abort();
});
part('other').addEventListener('click', () => {
  start();
  input.click();
  input.focus();
});

// On the whole page: otherwise a file that is dropped beside the target replaces the page.
addEventListener('dragover', (event) => {
  event.preventDefault();
  document.body.classList.add('over');
});
addEventListener('dragleave', () => document.body.classList.remove('over'));
addEventListener('drop', (event) => {
  event.preventDefault();
  document.body.classList.remove('over');
  choose(event.dataTransfer.files[0]);
});
