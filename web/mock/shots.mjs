// Pictures of the screens against the stand-in, to be looked at: node mock/shots.mjs [name ...]; they land in mock/out.
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { startMock } from './server.mjs'

const out = fileURLToPath(new URL('./out/', import.meta.url))
mkdirSync(out, { recursive: true })
const wanted = process.argv.slice(2)
const mock = await startMock({ ...(process.env.DIST ? { dist: process.env.DIST } : {}), minute: wanted.some((one) => 'alerts done'.includes(one)) ? 130 : 51.4, speed: 1 })
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
})

async function shot(name, { width = 1440, height = 900, language = 'zh-CN', theme = 'day', path = '/watch', scale = 1, before, arm = true } = {}) {
  if (wanted.length && !wanted.some((one) => name.includes(one))) return
  const context = await browser.newContext({ viewport: { width, height }, deviceScaleFactor: scale })
  await context.addInitScript(([l, th]) => {
    localStorage.setItem('jiaoying.language', l)
    localStorage.setItem('jiaoying.theme', th)
  }, [language, theme])
  const page = await context.newPage()
  page.on('console', (m) => m.type() === 'error' && !m.text().includes('401') && console.log(name, 'console:', m.text()))
  page.on('pageerror', (e) => console.log(name, 'page error:', e.message))
  page.on('request', (r) => !r.url().startsWith(mock.url) && !r.url().startsWith('blob:') && !r.url().startsWith('data:') && console.log(name, 'foreign request:', r.url()))
  if (path.startsWith('/signin')) await page.goto(mock.url + path)
  else {
    await page.goto(mock.url + '/signin' + (path === '/watch' ? '' : '?to=' + encodeURIComponent(path)) + '#night')
    const seen = path.startsWith('/act/') ? '.item' : path === '/act' ? '.line' : path.startsWith('/foresee') ? 'canvas.water:not([hidden])' : path === '/answer' ? '.rows .row' : '.strip svg .tick'
    await page.waitForSelector(seen)
    await page.waitForTimeout(900)
    if (arm) {
      await page.keyboard.press('s')
      for (const n of [0, 1, 2]) await page.locator('dialog .test').nth(n).click()
      await page.locator('dialog .row .button').nth(1).click()
      await page.waitForTimeout(500)
      await page.locator('.toast').first().waitFor({ state: 'detached', timeout: 6000 }).catch(() => 0)
    }
  }
  if (before) await before(page)
  await page.waitForTimeout(500)
  await page.screenshot({ path: `${out}${name}.png` })
  await context.close()
  console.log(name)
}

/** A part of the map is drawn, and asked about. */
async function coverage(page) {
  await page.locator('[role=tab]').nth(2).click()
  const map = page.locator('.coverage .map')
  await map.waitFor()
  await page.locator('.coverage .tools .button').first().click()
  const box = await map.boundingBox()
  for (const [x, y] of [[0.3, 0.3], [0.7, 0.3], [0.7, 0.7]]) {
    await page.mouse.click(box.x + box.width * x, box.y + box.height * y)
    await page.waitForTimeout(400) // two clicks one after the other would end it
  }
  await page.mouse.dblclick(box.x + box.width * 0.3, box.y + box.height * 0.7)
  await page.locator('.coverage .tools .button').nth(3).waitFor()
}

/** Settings of a programme, one part of them, with a change being written. */
async function settings(page, what) {
  await page.locator('.tabs [role=tab]').nth(3).click()
  await page.locator('.settings > summary').click()
  await page.locator(`#setting-${what}`).click()
  if (what === 'words') {
    await page.locator('.settings td .button').first().click()
    await page.locator('.amend textarea').first().fill('{period}，全市共排查发现隐患{fund}处。')
  } else if (what !== 'record') await page.locator('.settings [role=tabpanel] .button').first().click()
  await page.waitForTimeout(600)
  await page.locator('.settings').evaluate((one) => one.scrollIntoView())
}

for (const [language, short] of [['zh-CN', 'zh'], ['en', 'en']])
  for (const theme of ['day', 'night'])
    await shot(`watch-${short}-${theme}`, { language, theme, before: async (page) => { await page.keyboard.press('j'); await page.keyboard.press('j') } })
for (const [language, short] of [['zh-CN', 'zh'], ['en', 'en']])
  for (const theme of ['day', 'night']) await shot(`foresee-${short}-${theme}`, { language, theme, path: '/foresee', arm: false, before: async (page) => { for (let n = 0; n < 18; n++) await page.keyboard.press('ArrowRight'); await page.keyboard.press('j') } })
for (const [language, short] of [['zh-CN', 'zh'], ['en', 'en']])
  for (const theme of ['day', 'night'])
    await shot(`answer-many-${short}-${theme}`, { language, theme, path: '/answer', arm: false, before: async (page) => { for (const key of 'xjxjx') await page.keyboard.press(key); await page.keyboard.press('d') } })
for (const [language, short] of [['zh-CN', 'zh'], ['en', 'en']])
  for (const theme of ['day', 'night']) await shot(`foresee-${short}-${theme}`, { language, theme, path: '/foresee', arm: false, before: async (page) => { for (let n = 0; n < 18; n++) await page.keyboard.press('ArrowRight'); await page.keyboard.press('j') } })
for (const [language, short] of [['zh-CN', 'zh'], ['en', 'en']])
  for (const theme of ['day', 'night'])
    await shot(`answer-coverage-${short}-${theme}`, { language, theme, path: '/answer', arm: false, before: (page) => coverage(page) })
await shot('foresee-past-zh', { path: '/foresee?at=2026-07-11T16:50:00Z', arm: false, theme: 'night' })
await shot('foresee-small-en', { path: '/foresee', arm: false, language: 'en', width: 1280, height: 720 })
for (const [language, short] of [['zh-CN', 'zh'], ['en', 'en']])
  for (const theme of ['day', 'night']) {
    await shot(`act-list-${short}-${theme}`, { language, theme, path: '/act', arm: false, before: async (page) => { await page.keyboard.press('j'); await page.keyboard.press('x') } })
    await shot(`act-responses-${short}-${theme}`, { language, theme, path: '/act', arm: false, before: (page) => page.locator('[role=tab]').nth(2).click() })
    await shot(`act-item-${short}-${theme}`, { language, theme, path: '/act/I8', arm: false })
  }
await shot('act-step-zh', { path: '/act/I6', arm: false, before: (page) => page.locator('.steps .button.main').first().click() })
await shot('act-new-zh', { path: '/act', arm: false, before: (page) => page.keyboard.press('n') })
for (const theme of ['day', 'night']) {
  await shot(`act-board-${theme}`, { theme, path: '/act', arm: false, before: async (page) => { await page.locator('.tabs [role=tab]').nth(3).click(); await page.locator('.settings > summary').click(); await page.locator('.published summary').first().click() } })
  await shot(`act-map-${theme}`, { theme, language: theme === 'night' ? 'en' : 'zh-CN', path: '/act', arm: false, before: (page) => page.locator('.tabs [role=tab]').nth(1).click() })
  await shot(`act-leader-${theme}`, { theme, language: theme === 'night' ? 'en' : 'zh-CN', path: '/act', arm: false, before: (page) => page.locator('.tabs [role=tab]').nth(6).click() })
  await shot(`act-documents-${theme}`, { theme, language: theme === 'night' ? 'en' : 'zh-CN', path: '/act', arm: false, before: async (page) => { await page.locator('.tabs [role=tab]').nth(4).click(); await page.locator('.documents select').selectOption({ index: 1 }); await page.locator('.drafts .button.main').first().click() } })
  await shot(`act-import-${theme}`, { theme, language: theme === 'night' ? 'en' : 'zh-CN', path: '/act', arm: false, before: async (page) => { await page.locator('.tabs [role=tab]').nth(5).click(); await page.locator('.import input[type=file]').setInputFiles({ name: '台账.csv', mimeType: 'text/csv', buffer: Buffer.from('a') }) } })
}
for (const [language, short] of [['zh-CN', 'zh'], ['en', 'en']])
  for (const [n, what] of ['lists', 'targets', 'words', 'bodies', 'record'].entries())
    await shot(`act-settings-${what}-${short}`, { language, theme: (n + (short === 'en' ? 1 : 0)) % 2 ? 'night' : 'day', path: '/act', arm: false, height: 1300, before: (page) => settings(page, what) })
await shot('act-narrow-zh', { path: '/act', arm: false, width: 400, height: 800 })
await shot('act-narrow-item-zh', { path: '/act/I7', arm: false, width: 400, height: 800 })
await shot('signin-zh', { path: '/signin' })
await shot('unarmed-zh', { arm: false })
await shot('replay-zh', { path: '/watch?at=2026-07-11T17:03:00Z' })
await shot('calm-zh', { path: '/watch?at=2026-07-11T16:35:00Z', theme: 'night' })
await shot('small-zh', { width: 1280, height: 720, before: (page) => page.keyboard.press('j') })
await shot('small-en', { width: 1280, height: 720, language: 'en', before: (page) => page.keyboard.press('j') })
await shot('large-zh', { width: 1920, height: 1080, theme: 'night', before: (page) => page.keyboard.press('j') })
await shot('zoomed-zh', { width: 720, height: 450, scale: 2 })
await shot('kiosk-zh', { width: 1920, height: 1080, path: '/watch?kiosk=1', theme: 'night' })
await shot('table-zh', { before: (page) => page.keyboard.press('t') })
await shot('shift-zh', { arm: false, before: (page) => page.keyboard.press('s') })
await shot('enter-en', { language: 'en', before: (page) => page.getByText('Enter signal').first().click() })
await shot('desk-zh', { before: async (page) => { await page.keyboard.press('j'); await page.keyboard.press('d') } })
await shot('ask-zh', { before: async (page) => { await page.keyboard.press('j'); await page.keyboard.press('e') } })
await shot('keys-en', { language: 'en', theme: 'night', before: (page) => page.keyboard.press('?') })
await shot('signal-zh', { before: (page) => page.locator('.signals .town').first().click() })
await shot('alerts-zh', { path: '/watch?at=2026-07-11T17:26:00Z' })
await shot('alerts-en', { path: '/watch?at=2026-07-11T17:26:00Z', language: 'en', theme: 'night' })
await shot('done-zh', { path: '/watch?at=2026-07-11T17:45:00Z' })
Object.assign(mock.extra, { held: true, restarted: { at: new Date(Date.parse('2026-07-11T17:20:00Z')).toISOString(), seconds: 2.1, lost: 0 } })
await shot('bands-zh', { arm: false })
await browser.close()
mock.close()
