// Keeps one person's page as it was seen last, so that it opens without a network; its scope is that page alone. What it gives then
// says so by an attribute of the root. It sends and answers nothing.
'use strict'
const PAGE = self.registration.scope
const SCRIPT = new URL('kept.js' + self.location.search, self.location).href
const PATIENCE_MS = 8000

self.addEventListener('install', (event) => {
  self.skipWaiting()
  event.waitUntil(caches.open(PAGE).then((kept) => kept.add(SCRIPT)))
})

self.addEventListener('activate', (event) => {
  event.waitUntil(self.clients.claim())
})

self.addEventListener('fetch', (event) => {
  if (event.request.method !== 'GET') return
  if (event.request.mode === 'navigate') event.respondWith(page(event.request))
  else if (event.request.url === SCRIPT) event.respondWith(caches.match(SCRIPT).then((kept) => kept || fetch(event.request)))
})

async function page(request) {
  const kept = await caches.open(PAGE)
  try {
    const seen = await Promise.race([fetch(request), later(kept)])
    if (seen.status === 200) await kept.put(request, seen.clone())
    if (seen.status === 404 || seen.status === 410) await forget()
    return seen
  } catch (e) {
    const last = (await kept.match(request)) || (await kept.match(PAGE, { ignoreSearch: true }))
    if (!last) throw e
    const text = await last.text()
    return new Response(text.replace('<html ', '<html data-kept="true" '), { headers: { 'Content-Type': 'text/html;charset=UTF-8' } })
  }
}

/** Who has a kept page does not wait for ever for a new one. */
function later(kept) {
  return new Promise((ok, no) => {
    setTimeout(() => kept.match(PAGE, { ignoreSearch: true }).then((last) => last && no(new Error('slow'))), PATIENCE_MS)
  })
}

async function forget() {
  await caches.delete(PAGE)
  await self.registration.unregister()
}
