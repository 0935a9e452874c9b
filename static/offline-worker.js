/* The service worker: the portal's pages come from the portal and are kept nowhere. Where it cannot be reached, the one
   page that holds nothing of anybody comes in their place. It is told KEPT_FILES, PAGE and FILES by its address. */
"use strict";

addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(KEPT_FILES)
      .then((kept) => kept.addAll(FILES))
      .then(() => skipWaiting()),
  );
});

addEventListener("activate", (event) => {
  const forget = (names) => Promise.all(names.filter((name) => name !== KEPT_FILES).map((name) => caches.delete(name)));
  event.waitUntil(
    caches
      .keys()
      .then(forget)
      .then(() => clients.claim()),
  );
});

addEventListener("fetch", (event) => {
  const { request } = event;
  const isPage = request.mode === "navigate" && request.method === "GET";
  if (isPage) event.waitUntil(wipeExpired());
  if (isPage || FILES.includes(new URL(request.url).pathname)) {
    event.respondWith(fetch(request).catch(() => caches.match(isPage ? PAGE : request)));
  }
});
