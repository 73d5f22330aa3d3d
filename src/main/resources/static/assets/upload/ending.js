// Ends the request: the person says that they have sent everything, or that they cannot provide it.

import { Failure } from './outcomes.js';
import { keepingFocus, part, text } from './page.js';
import { patiently } from './patience.js';
import { finish, finishWith } from './receipt.js';
import { ask } from './worker.js';

/**
 * @param say shows a sentence as a problem, and another one as the state
 * @param ending called with true when the worker is asked, and with false after its answer
 * @param ended called when the request has ended
 * @param refused called with a Failure of the worker; returns whether it has been shown
 */
export function listen({ say, ending, ended, refused }) {
  const end = async (control, action, body, done) => {
    const task = { signal: new AbortController().signal, onWait: (reason) => say('', text(reason)) };
    control.setAttribute('aria-disabled', 'true');
    ending(true);
    try {
      const answer = await patiently(() => ask(action, body, task.signal), task);
      ended();
      done(answer);
    } catch (problem) {
      const failure = problem instanceof Failure ? problem : new Failure(text('failed'));
      if (!refused(failure)) say(failure.message);
    } finally {
      control.removeAttribute('aria-disabled');
      ending(false);
    }
  };
  const onClick = (id, action) => part(id).addEventListener('click', (event) => {
    event.preventDefault();
    if (!part(id).hasAttribute('aria-disabled')) action(part(id));
  });

  onClick('finish', (control) => end(control, 'complete', {}, (receipt) => finishWith(receipt, false)));
  onClick('decline-send', (control) => end(control, 'decline', { reason: part('reason').value.trim() || null },
    ({ reference }) => finish({ reference, files: [] }, text('declined'), text('declinedText'))));
}

/** Shows the two ways to end the request that are possible now. */
export function offer({ finishing, declining }) {
  keepingFocus(() => {
    part('finishing').hidden = !finishing;
    part('decline').hidden = !declining;
  }, part('finish'), part('file'));
}
