// Every two seconds while the page is visible, fetches it again and shows what is new. An element that is shown already
// is left alone, so that what is open, selected or focused stays so. Without this script, reload the page.
const PAUSE = 2000;
const state = document.querySelector('[data-live-state]');

/** Makes the children of a region those of its new version. Children with the same key have the same content. */
function merge(region, fresh) {
  const shown = new Map([...region.children].map(child => [child.dataset.key, child]));
  const children = [...fresh.children].map(child => shown.get(child.dataset.key) ?? added(child));
  for (const child of shown.values()) {
    if (!children.includes(child)) child.remove();
  }
  children.forEach((child, i) => {
    if (region.children[i] !== child) region.insertBefore(child, region.children[i] ?? null);
  });
}

function added(child) {
  const node = document.adoptNode(child);
  node.classList.add('added');
  return node;
}

async function refresh() {
  const response = await fetch(location.href);
  if (!response.ok) throw new Error(response.status);
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  for (const region of document.querySelectorAll('[data-live]')) {
    const fresh = page.querySelector(`[data-live="${region.dataset.live}"]`);
    if (fresh) merge(region, fresh);
  }
}

function say(text) {
  if (state.textContent !== text) state.textContent = text;
}

async function keepCurrent() {
  try {
    if (!document.hidden) await refresh();
    say('Updated every two seconds.');
  } catch {
    say('The sandbox does not answer. Has it been stopped?');
  }
  setTimeout(keepCurrent, PAUSE);
}

document.addEventListener('visibilitychange', () => {
  if (!document.hidden) refresh().catch(() => { /* keepCurrent tries again and says so */ });
});
keepCurrent();
