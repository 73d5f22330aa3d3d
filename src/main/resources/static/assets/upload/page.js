// The page's settings and texts, which the server writes into the attributes of its main element.

export const page = document.getElementById('upload');
export const settings = page.dataset;
export const part = (id) => document.getElementById(id);

const language = document.documentElement.lang;
const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];
const MOST_DIGITS = 6;

/** A text with its arguments in place of [0] and [1]. */
export function text(name, ...args) {
  return settings[`text${name[0].toUpperCase()}${name.slice(1)}`].replace(/\[(\d)\]/g, (_, at) => args[at]);
}

/** A size in the units of the limit, which are multiples of 1,000 or 1,024. */
export function humanSize(bytes, digits = 0) {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= Number(settings.unitBase);
    unit += 1;
  }
  return new Intl.NumberFormat(language, {
    style: 'unit', unit: UNITS[unit], unitDisplay: unit ? 'short' : 'long',
    maximumFractionDigits: Math.max(digits, unit && value < 9.95 ? 1 : 0),
  }).format(value);
}

/** A size with as many digits as are needed to tell it from another one: 25.1 MB beside 25 MB. */
export function sizeBeside(bytes, other) {
  let digits = 0;
  while (digits < MOST_DIGITS && humanSize(bytes, digits) === humanSize(other)) digits += 1;
  return humanSize(bytes, digits);
}

export function percent(share) {
  return new Intl.NumberFormat(language, { style: 'percent' }).format(share);
}

/** A time in the person's time zone, which the server knows. No line ends within "GMT-3". */
export function moment(iso) {
  return format(iso).replace('GMT-', 'GMT\u2011');
}

function format(iso) {
  const parts = { day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZoneName: 'short' };
  try {
    return new Intl.DateTimeFormat(language, { ...parts, timeZone: settings.timeZone }).format(new Date(iso));
  } catch (unknownZone) {
    return new Intl.DateTimeFormat(language, parts).format(new Date(iso));
  }
}

/** A name from outside, which must not change the direction of the text around it. */
export const isolated = (name) => `\u2068${name}\u2069`;

export const visible = (element) => element.getClientRects().length > 0;

/** Changes the page. If the focused control disappears, the first visible one of the others gets the focus. */
export function keepingFocus(change, ...others) {
  const focused = document.activeElement;
  const held = focused && focused !== document.body;
  change();
  if (held && !visible(focused)) others.flat().find((it) => it.isConnected && visible(it))?.focus();
}
