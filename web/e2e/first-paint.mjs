// How long Watch takes to its first useful paint in a cold browser, against a running server. Prints the shortest, the median and
// the longest of ten, in a browser that has nothing in its cache; asserts nothing.
//   JIAOYING_URL   where the server is, for example http://127.0.0.1:8573
//   JIAOYING_LINK  a one-time sign-in link, /signin#...
//   JIAOYING_TRIES how often (default 10)
//   CHROMIUM       the browser (default /usr/bin/chromium)
// Useful: the clock and the counts are there; whole: the outlines of the towns are on the map too.
import { readFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { chromium } from 'playwright-core'

const { JIAOYING_URL, JIAOYING_LINK, JIAOYING_TRIES = '10' } = process.env
if (!JIAOYING_URL || !JIAOYING_LINK) {
  console.error('JIAOYING_URL and JIAOYING_LINK have to be given; see the head of this file.')
  process.exit(2)
}
const url = new URL(JIAOYING_URL).origin
const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync', '--no-first-run']
const start = () => chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ARGS })

let browser = await start()
const first = await browser.newContext()
const page = await first.newPage()
await page.goto(JIAOYING_LINK.startsWith('/') ? url + JIAOYING_LINK : JIAOYING_LINK)
await page.waitForURL(/\/(watch|password)/)
const signedIn = await first.storageState()
await browser.close()

/** Milliseconds from the request of the page to the frame in which what is looked for was drawn. */
const seen = (tab, what) =>
  tab.evaluate(
    (selector) =>
      new Promise((resolve) => {
        const look = () => {
          const there = document.querySelector(selector)
          if (there) requestAnimationFrame(() => resolve(performance.now()))
          else requestAnimationFrame(look)
        }
        look()
      }),
    what,
  )

const useful = []
const whole = []
for (let n = 0; n < Number(JIAOYING_TRIES); n++) {
  browser = await start() // a new process with a new cache each time
  const tab = await (await browser.newContext({ storageState: signedIn, viewport: { width: 1366, height: 768 } })).newPage()
  await tab.goto(url + '/watch', { waitUntil: 'commit' })
  useful.push(await seen(tab, '.counts, .silent, .signals'))
  whole.push(await seen(tab, '.map[data-drawn]'))
  await browser.close()
}

const line = (name, list) => {
  const row = [...list].sort((a, b) => a - b).map(Math.round)
  console.log(`${name}: min ${row[0]} ms, median ${row[Math.floor(row.length / 2)]} ms, max ${row.at(-1)} ms (n = ${row.length})`)
}
const model = /^model name\s*: (.*)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1] ?? 'unknown processor'
console.log(`${model}, ${cpus().length} cores, load ${loadavg()[0].toFixed(1)}`)
line('first useful paint (signals and the silent list)', useful)
line('with the outlines of the towns', whole)
