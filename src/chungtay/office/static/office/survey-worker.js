// Keeps the page of a ballot on the device, so that it opens again where there is no signal: the network first, what is
// kept when there is none. Served beside the ballots, for a worker sees only what lies under its own address.

const KEPT = "phieu-hai-long";

addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  if (event.request.method === "GET") event.respondWith(answer(event.request));
});

async function answer(request) {
  try {
    return await fetch(request);
  } catch (lost) {
    const kept = await (await caches.open(KEPT)).match(request);
    if (kept) return kept;
    throw lost;
  }
}
