// How fluid the Answer screen is with very many targets, measured in Chromium: node mock/fluid.mjs [people] [answers a tick]
// Prints how long it takes until the first rows and until all are there, how long an answer takes to its row, and the time between
// frames while the list is scrolled and answers come in. Exit code 1 when the rows shown are not the rows there are.
import { chromium } from 'playwright-core'
import { startMock } from './server.mjs'

const people = Number(process.argv[2] ?? 100_000)
const each = Number(process.argv[3] ?? 100)
const mock = await startMock({ minute: 33, speed: 1, people, ...(process.env.DIST ? { dist: process.env.DIST } : {}) })
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-quic'] })
const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' })).newPage()
await page.goto(mock.url + '/signin#night')
await page.waitForURL(/watch/)
const began = Date.now()
await page.goto(mock.url + '/answer')
await page.locator('.matrix .row').first().waitFor({ timeout: 60_000 })
const first = Date.now() - began
await page.waitForFunction((n) => document.querySelector('.matrix .top .quiet')?.textContent?.includes(String(n)), people, { timeout: 120_000 })
const all = Date.now() - began

const frames = await page.evaluate(async (size) => {
  const list = document.querySelector('.matrix .rows')
  const gaps = []
  let last = performance.now()
  let at = 0
  await new Promise((done) => {
    const step = (now) => {
      gaps.push(now - last)
      last = now
      at += size / 200
      list.scrollTop = (at % 1) * (list.scrollHeight - list.clientHeight)
      if (gaps.length < 240) requestAnimationFrame(step)
      else done()
    }
    requestAnimationFrame(step)
  })
  return gaps.slice(5)
}, 1)

const lates = []
for (let n = 0; n < 10; n++) {
  const text = () => document.querySelector('.order')?.textContent ?? ''
  const before = await page.evaluate(text)
  const pressed = Date.now()
  mock.people(each)
  await page.waitForFunction((old) => (document.querySelector('.order')?.textContent ?? '') !== old, before, { polling: 10, timeout: 20_000 })
  lates.push(Date.now() - pressed)
}
const busy = await page.evaluate(async () => {
  const gaps = []
  let last = performance.now()
  await new Promise((done) => {
    const step = (now) => {
      gaps.push(now - last)
      last = now
      if (gaps.length < 240) requestAnimationFrame(step)
      else done()
    }
    requestAnimationFrame(step)
  })
  return gaps.slice(5)
})
const shown = await page.evaluate(() => ({ rows: document.querySelectorAll('.matrix .row').length, heap: performance.memory?.usedJSHeapSize }))
const quantile = (values, part) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))].toFixed(0)
console.log(`${people} targets: first rows ${first} ms, all rows ${all} ms, ${shown.rows} rows in the page, heap ${Math.round((shown.heap ?? 0) / 1e6)} MB`)
console.log(`scrolling over the whole list: frame p50 ${quantile(frames, 0.5)} ms, p95 ${quantile(frames, 0.95)} ms, most ${quantile(frames, 1)} ms`)
console.log(`${each} answers at once to the counts on the screen: p50 ${quantile(lates, 0.5)} ms, most ${quantile(lates, 1)} ms`)
console.log(`at rest with updates: frame p50 ${quantile(busy, 0.5)} ms, p95 ${quantile(busy, 0.95)} ms`)
await browser.close()
mock.close()
process.exit(shown.rows > 5 && shown.rows < 200 ? 0 : 1)
