// SHA-256 in base64, as S3 has it.

/** Whether the browser offers it: not on pages without TLS. */
export const available = Boolean(globalThis.crypto?.subtle);

/** The hash of some bytes. */
export async function sha256(bytes) {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

export function base64(bytes) {
  return btoa(String.fromCharCode(...bytes));
}

/** The checksum of an object of several parts: the hash of their hashes, and their number. */
export async function composite(hashes) {
  const all = new Uint8Array(hashes.length * 32);
  hashes.forEach((hash, at) => all.set(hash, at * 32));
  return `${base64(await sha256(all))}-${hashes.length}`;
}

/** The bytes at the beginning of a file that tell it from others of the same name, size and time. */
const FIRST_BYTES = 8 * 1024 * 1024;
const firstParts = new WeakMap();

/** The hash of the beginning of a file, in base64. Rejects if the file cannot be read any more. */
export async function firstPart(file) {
  if (!firstParts.has(file)) {
    firstParts.set(file, base64(await sha256(await file.slice(0, FIRST_BYTES).arrayBuffer())));
  }
  return firstParts.get(file);
}
