// Notices that the time to send files is over, also while the page is open.

import { page, settings } from './page.js';

/** Timers take at most 24 days, and stand still while a device sleeps; in milliseconds. */
const LONGEST_TIMER = 60_000;

let end = Date.now() + Number(settings.expiresIn);

export const isOver = () => Date.now() >= end;

/** Whether the sender has given more time since the page was loaded. */
async function isExtended() {
  try {
    const answer = await fetch(location.href, { credentials: 'omit', cache: 'no-store' });
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById(page.id);
    const left = Number(fresh?.dataset.expiresIn);
    if (answer.ok && left > 0) end = Date.now() + left;
  } catch (unknown) {
    // Without an answer the time is over.
  }
  return !isOver();
}

/** Calls the function once, when the time is over. */
export function whenOver(close) {
  let closed = false;
  const check = async () => {
    if (closed) return;
    if (isOver() && !(await isExtended())) {
      closed = true;
      close();
    } else {
      setTimeout(check, Math.min(LONGEST_TIMER, Math.max(1_000, end - Date.now())));
    }
  };
  document.addEventListener('visibilitychange', () => { if (!document.hidden && isOver()) check(); });
  check();
}
