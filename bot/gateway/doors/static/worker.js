/**
 * Keeps the page's own files, so that a reload while the hub is away shows our page, and not the browser's.
 *
 * Served as /worker.js behind two lines: KEPT, the paths of these files, and VERSION, which is another one whenever
 * anything in them is. What the hub says is never kept: whatever is not among KEPT goes past this.
 */

/* global KEPT, VERSION */

const NAME = `page-${VERSION}`;
const PATIENCE = 4000; // a hub that does not answer by then is away

addEventListener("install", (event) => {
  event.waitUntil(keep());
  skipWaiting();
});

addEventListener("activate", (event) => event.waitUntil(takeOver()));

addEventListener("fetch", (event) => {
  const { pathname, origin } = new URL(event.request.url);
  const isOurs = event.request.method === "GET" && origin === location.origin && KEPT.includes(pathname);
  if (isOurs) event.respondWith(fresh(event.request, pathname));
});

async function keep() {
  const cache = await caches.open(NAME);
  await cache.addAll(KEPT.map((path) => new Request(path, { cache: "no-store", credentials: "omit" })));
}

/** What an older version has kept is gone at once. */
async function takeOver() {
  const old = (await caches.keys()).filter((name) => name.startsWith("page-") && name !== NAME);
  await Promise.all(old.map((name) => caches.delete(name)));
  await clients.claim();
}

/** What the hub has now; only where it is away, what was kept. */
async function fresh(request, pathname) {
  const answer = await asked(request);
  if (answer && answer.status < 500) return answer;
  return (await caches.match(pathname, { cacheName: NAME })) ?? answer ?? Response.error();
}

async function asked(request) {
  const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE, null));
  return Promise.race([fetch(request).catch(() => null), patience]);
}
