// Updates the numbers of messages while the page is visible.
const rows = document.querySelectorAll('#queues [data-queue]');

async function refresh() {
  if (document.hidden) return;
  const response = await fetch('/sandbox/queues.json');
  if (!response.ok) return;
  const depths = new Map((await response.json()).map(depth => [depth.queue, depth]));
  for (const row of rows) {
    for (const cell of row.querySelectorAll('[data-count]')) {
      const count = depths.get(row.dataset.queue)[cell.dataset.count];
      cell.textContent = count;
      cell.classList.toggle('some', count > 0);
    }
  }
}

const keepCurrent = () => refresh().catch(() => { /* the sandbox has stopped */ });
keepCurrent();
setInterval(keepCurrent, 2000);
