// How an attempt can fail.

/** The person has cancelled it. */
export class Cancelled extends Error {}

/** It can be repeated without the person. */
export class Temporary extends Error {
  /**
   * @param reason the name of the text that is shown meanwhile
   * @param wait the least time until the next attempt, in milliseconds
   */
  constructor(reason, wait = 0) {
    super(reason);
    this.reason = reason;
    this.wait = wait;
  }
}

/** It is shown to the person. */
export class Failure extends Error {
  /** @param sentence for the person */
  constructor(sentence, { code = '', retryable = false, receipt = null } = {}) {
    super(sentence);
    this.code = code;
    this.retryable = retryable;
    this.receipt = receipt;
  }
}

/** The time that Retry-After states, in milliseconds; 0 if it states none. A date is not expected. */
export function retryAfter(value) {
  const seconds = Number(value);
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 120) * 1000 : 0;
}
