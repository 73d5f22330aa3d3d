// Says when a page is no longer up to date, and until when it was.
(() => {
  const notice = document.querySelector("[data-stale]");
  if (!notice) return;
  const clock = () => new Date().toLocaleTimeString([], {hour: "2-digit", minute: "2-digit", second: "2-digit"});
  let fresh = clock();
  document.body.addEventListener("htmx:afterOnLoad", (event) => {
    if (event.detail.successful === false) return;
    fresh = clock();
    notice.hidden = true;
  });
  for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    document.body.addEventListener(failure, () => {
      notice.textContent = `This page was last updated at ${fresh}. The worker does not answer; trying again.`;
      notice.hidden = false;
    });
  }
})();
