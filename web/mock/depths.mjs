// How fluidly depths move on the map, measured in Chromium: node mock/depths.mjs [columns] [rows] [frames]
// Each browser frame steps to the next frame of depths by the key that an officer would press; prints frames a second and the
// time between browser frames. Exit code 1 when a step did not change the picture.
import { chromium } from 'playwright-core'
import { ground } from './foresee.mjs'
import { startMock } from './server.mjs'

Object.assign(ground, { columns: Number(process.argv[2] ?? 1000), rows: Number(process.argv[3] ?? 800), count: Number(process.argv[4] ?? 61) })
ground.step_min = Math.max(1, Math.floor(120 / (ground.count - 1)))
const mock = await startMock({ minute: 51.4, speed: 1, ...(process.env.DIST ? { dist: process.env.DIST } : {}) })
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-quic'] })
const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' })).newPage()
await page.goto(mock.url + '/signin?to=%2Fforesee#night')
await page.waitForFunction((columns) => document.querySelector('canvas.water')?.width === columns, ground.columns, { timeout: 60_000 })
await page.waitForTimeout(1500)

const result = await page.evaluate(async (steps) => {
  const gaps = []
  const canvas = document.querySelector('canvas.water')
  const pen = canvas.getContext('2d')
  const sum = () => [0.2, 0.5, 0.8].map((y) => pen.getImageData(0, Math.floor(canvas.height * y), canvas.width, 1).data.reduce((a, b, i) => (a + b * i) % 1e9, 0)).join()
  const sums = new Set([sum()])
  let last = performance.now()
  await new Promise((done) => {
    const step = (now) => {
      gaps.push(now - last)
      last = now
      window.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight' }))
      if (gaps.length % 23 === 0) sums.add(sum())
      if (gaps.length < steps) requestAnimationFrame(step)
      else done()
    }
    requestAnimationFrame(step)
  })
  return { gaps: gaps.slice(5), changes: sums.size }
}, 240)

const sorted = result.gaps.sort((a, b) => a - b)
const at = (share) => sorted[Math.floor(share * (sorted.length - 1))].toFixed(1)
const mean = sorted.reduce((a, b) => a + b, 0) / sorted.length
console.log(`${ground.columns} x ${ground.rows} cells, ${ground.count} frames of depths: ${(1000 / mean).toFixed(1)} frames/s; ms between frames p50 ${at(0.5)}, p95 ${at(0.95)}, worst ${at(1)}; pictures differing ${result.changes}`)
await browser.close()
mock.close()
process.exitCode = result.changes > 3 ? 0 : 1
