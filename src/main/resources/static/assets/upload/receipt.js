// Shows what has arrived, as the worker has recorded it.

import { humanSize, moment, part, settings, text } from './page.js';

function fill(list, files) {
  list.replaceChildren(...files.map((file) => {
    const item = part('received-file').content.firstElementChild.cloneNode(true);
    item.querySelector('.name').textContent = file.name;
    item.querySelector('.size').textContent = humanSize(file.size);
    const time = item.querySelector('time');
    time.dateTime = file.receivedAt;
    time.textContent = moment(file.receivedAt);
    return item;
  }));
}

/** How many files can still arrive. */
export function remaining(receipt) {
  return receipt.complete ? 0 : Math.max(0, Number(settings.maxFiles) - receipt.files.length);
}

/** Shows what has arrived before, or from another tab. */
export function showReceived(receipt, isShownElsewhere) {
  const others = receipt.files.filter((file) => !isShownElsewhere(file));
  fill(part('received-list'), others);
  part('received').hidden = !others.length;
}

/** Replaces the page's content when nothing is left to do. */
export function finish(receipt, heading, sentence) {
  fill(part('done-list'), receipt.files);
  part('done-list').hidden = !receipt.files.length;
  part('done-reference').textContent = receipt.reference;
  part('done-heading').textContent = heading;
  part('done-text').textContent = sentence;
  part('request').hidden = true;
  part('work').hidden = true;
  part('done').hidden = false;
  part('done-heading').focus();
  document.title = heading;
}

/** @param before whether all files had arrived before they were sent */
export function finishWith(receipt, before) {
  if (before) {
    finish(receipt, text('arrived'), text('arrivedText'));
  } else {
    const many = receipt.files.length > 1 ? 'Many' : '';
    finish(receipt, text(`done${many}`), text(`doneText${many}`));
  }
}
