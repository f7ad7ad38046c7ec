const KEY = 'bihuan.reloaded';
const PAUSE = 30_000;

/**
 * A page opened before an upgrade asks for parts that are no longer there: it is loaded again, once. (Drafts are kept on
 * every change, so nothing typed is lost.)
 */
export function reloadAfterUpgrade(): void {
  window.addEventListener('vite:preloadError', (event) => {
    const last = Number(sessionStorage.getItem(KEY) ?? 0);
    if (Date.now() - last < PAUSE) return;
    sessionStorage.setItem(KEY, String(Date.now()));
    event.preventDefault();
    window.location.reload();
  });
}
