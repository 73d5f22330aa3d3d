// Chooses files: with the file dialog, or dropped anywhere on the page. Nothing is left out silently.

import { humanSize, isolated, part, settings, sizeBeside, text } from './page.js';

const input = part('file');
const OCTETS = 'application/octet-stream';

/** The problem of a file, or an empty text. The server checks the file again, and knows other names of types. */
function problemOf(file) {
  const exact = Number(settings.exactBytes);
  if (file.size === 0) return text('empty');
  if (exact && file.size !== exact) return text('wrongSize');
  if (file.size > Number(settings.maxBytes)) return text('tooLarge');
  return isAllowedType(file) ? '' : text('type');
}

function isAllowedType(file) {
  const type = file.type.toLowerCase();
  const name = file.name.toLowerCase();
  const fits = (range) => range === '*/*' || range === type
    || (range.endsWith('/*') && type.startsWith(range.slice(0, -1)));
  return !type || type === OCTETS || settings.contentTypes.split(' ').some(fits)
    || settings.endings.split(' ').some((ending) => ending && name.endsWith(ending));
}

/** The problem with the name and the size of its file. */
function named(file, problem) {
  const limit = Number(settings.exactBytes || settings.maxBytes);
  const size = file.size > limit || settings.exactBytes ? sizeBeside(file.size, limit) : humanSize(file.size);
  return `${isolated(file.name)} (${size})\n${problem}`;
}

/**
 * Sorts files into those that can be sent and the problems of the others.
 *
 * @param room how many files can be added
 * @param isKnown whether a file is in the list already
 */
function sorted(files, room, isKnown) {
  const fresh = files.filter((file) => !isKnown(file));
  const problems = files.filter(isKnown).map((file) => named(file, text('duplicate')));
  if (fresh.length > room) {
    return { added: [], problems: [Number(settings.maxFiles) > 1 ? text('excess', fresh.length, room) : text('single')] };
  }
  const added = fresh.filter((file) => !problemOf(file));
  problems.push(...fresh.filter(problemOf).map((file) => named(file, problemOf(file))));
  return { added, problems };
}

/**
 * @param room returns how many files can be added
 * @param isKnown whether a file is in the list already
 * @param isClosed whether no file is accepted any more, which the page says elsewhere
 * @param choose called with the files that can be sent, and with the problems of the others
 */
export function listen({ room, isKnown, isClosed, choose }) {
  const take = (files) => {
    if (!files.length || isClosed()) return;
    const { added, problems } = sorted(files, room(), isKnown);
    choose(added, problems);
  };
  input.addEventListener('change', () => {
    const files = [...input.files];
    input.value = '';
    take(files);
  });
  // On the whole page: otherwise a file that is dropped beside the target replaces the page.
  addEventListener('dragover', (event) => {
    event.preventDefault();
    document.body.classList.toggle('over', room() > 0);
  });
  addEventListener('dragleave', () => document.body.classList.remove('over'));
  addEventListener('drop', (event) => {
    event.preventDefault();
    document.body.classList.remove('over');
    if (isClosed()) return;
    // The entries can be read only now. A folder is in the list of files, too, as a file that cannot be read.
    const entries = [...event.dataTransfer.items].map((it) => it.webkitGetAsEntry?.());
    if (entries.some((it) => it?.isDirectory)) choose([], [text('folder')]);
    else take([...event.dataTransfer.files]);
  });
}
