// Keeps the page at the door on the telephone, so that it opens without a connection: the page itself is asked for
// first, the files it is made of are taken from here until they are others. `DOOR` comes from the server.
const CACHE = `door-${DOOR.version}`;
const PATIENCE = 4000;

async function fill() {
    const cache = await caches.open(CACHE);
    await cache.addAll(DOOR.files.map((file) => new Request(file, { cache: "reload" })));
    await keep(cache, await fetch(DOOR.page, { cache: "reload" }));
    await self.skipWaiting();
}

async function takeOver() {
    const others = (await caches.keys()).filter((name) => name.startsWith("door-") && name !== CACHE);
    await Promise.all(others.map((name) => caches.delete(name)));
    await self.clients.claim();
}

// The page and nothing else: not the page for signing in, to which it leads those who are not.
async function keep(cache, answer) {
    if (answer.ok && !answer.redirected) await cache.put(DOOR.page, answer.clone());
    return answer;
}

async function page(event) {
    const cache = await caches.open(CACHE);
    const fresh = fetch(event.request).then((answer) => keep(cache, answer));
    event.waitUntil(fresh.catch(() => null));
    const kept = await cache.match(DOOR.page, { ignoreVary: true });
    if (!kept) return fresh;
    const late = new Promise((resolve) => { setTimeout(() => resolve(kept), PATIENCE); });
    return Promise.race([fresh.then((answer) => (answer.status < 500 ? answer : kept), () => kept), late]);
}

async function file(request) {
    const cache = await caches.open(CACHE);
    return (await cache.match(request, { ignoreSearch: true, ignoreVary: true })) || fetch(request);
}

self.addEventListener("install", (event) => event.waitUntil(fill()));
self.addEventListener("activate", (event) => event.waitUntil(takeOver()));
self.addEventListener("fetch", (event) => {
    const { request } = event;
    const { origin, pathname } = new URL(request.url);
    if (request.method !== "GET" || origin !== self.location.origin) return;
    if (request.mode === "navigate" && pathname === DOOR.page) event.respondWith(page(event));
    else if (DOOR.files.includes(pathname)) event.respondWith(file(request));
});
