// How long after a person's answer his row leaves the silent list of an open Watch, against a running demonstration. Prints the
// shortest, the median and the longest of ten; asserts nothing.
//   JIAOYING_URL   where the server is, for example http://127.0.0.1:8573
//   JIAOYING_LINK  a one-time sign-in link, /signin#...
//   JIAOYING_DATA  the demonstration's data directory: its simulated carriers keep there which links they took to whom
//   JIAOYING_TRIES how many answers (default 10)
//   JIAOYING_WAIT  seconds to wait for the story to reach a call (default 240)
//   CHROMIUM       the browser (default /usr/bin/chromium)
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { chromium } from 'playwright-core'

const { JIAOYING_URL, JIAOYING_LINK, JIAOYING_DATA, JIAOYING_TRIES = '10', JIAOYING_WAIT = '240' } = process.env
if (!JIAOYING_URL || !JIAOYING_LINK || !JIAOYING_DATA) {
  console.error('JIAOYING_URL, JIAOYING_LINK and JIAOYING_DATA have to be given; see the head of this file.')
  process.exit(2)
}
const url = new URL(JIAOYING_URL).origin
const gone = [] // from the press of the button, ms
const kept = [] // until the server said that the answer is on the record, ms
const tried = new Set()

/** The latest answer page of each person. */
function links() {
  const found = new Map()
  for (const line of readFileSync(join(JIAOYING_DATA, 'simulated-carriers'), 'utf8').split('\n')) {
    const form = new URLSearchParams(line.split(' ')[1] ?? '')
    const path = /\/a\/[\w.~-]+/.exec(form.get('message') ?? '')?.[0]
    if (path && form.get('asks') === 'true') found.set(form.get('person'), path)
  }
  return found
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync'] })
const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage()
await page.goto(JIAOYING_LINK.startsWith('/') ? url + JIAOYING_LINK : JIAOYING_LINK)
await page.waitForURL(/\/watch/)

/** Resolves with the time at which the row is gone, measured in the page. */
const leaving = (id) =>
  page.evaluate(
    (row) =>
      new Promise((resolve) => {
        const look = new MutationObserver(() => {
          if (document.getElementById(row)) return
          look.disconnect()
          resolve(Date.now())
        })
        look.observe(document.body, { childList: true, subtree: true })
        setTimeout(() => resolve(undefined), 10_000)
      }),
    id,
  )

const until = Date.now() + Number(JIAOYING_WAIT) * 1000
while (gone.length < Number(JIAOYING_TRIES) && Date.now() < until) {
  const shown = await page.locator('.rows .row').evaluateAll((rows) => rows.map((row) => row.id))
  const known = shown.length ? links() : new Map()
  // row-<order>-<person>: the person's links are known by his id
  const next = shown.map((id) => ({ id, link: [...known].find(([person]) => id.endsWith('-' + person))?.[1] })).find((one) => one.link && !tried.has(one.id))
  if (!next) {
    await pause(500)
    continue
  }
  tried.add(next.id)
  const left = leaving(next.id)
  await page.evaluate(() => 0) // the observer stands
  const pressed = Date.now()
  const reply = await fetch(url + next.link, { method: 'POST', body: new URLSearchParams({ act: 'received' }) })
  const answered = Date.now()
  await reply.text()
  const at = await left
  if (at === undefined || at < pressed || reply.status !== 200) continue // he answered by another way meanwhile
  gone.push(at - pressed)
  kept.push(answered - pressed)
  await pause(400)
}
await browser.close()

const sorted = (list) => [...list].sort((a, b) => a - b)
const line = (name, list) => {
  const row = sorted(list)
  console.log(`${name}: min ${row[0]} ms, median ${row[Math.floor(row.length / 2)]} ms, max ${row.at(-1)} ms (n = ${row.length})`)
}
if (!gone.length) console.log('nobody was silent in that time; nothing measured')
else {
  line('answer on the record', kept)
  line('row gone from Watch ', gone)
}
