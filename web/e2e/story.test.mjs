// The story in a real browser: sign in by the link, see the storm, somebody is silent, he answers on his phone, his row leaves the
// list within a second, and nothing is asked from another host. Driven from outside:
//   JIAOYING_URL   where the server is, for example http://127.0.0.1:8080
//   JIAOYING_LINK  the one-time sign-in link, /signin#...
//   JIAOYING_PHONE the visitor's simulated phone, /phone/...; without it the parts that need it are skipped by name
//   JIAOYING_CALM  the sign-in link of somebody without storm duties; without it his part is skipped by name
//   JIAOYING_WAIT  seconds to wait for the story to reach a call (default 240)
//   CHROMIUM       the browser (default /usr/bin/chromium)
// Without JIAOYING_URL the stand-in of mock/ plays the server.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { chromium } from 'playwright-core'
import { deskTests } from './desk.mjs'
import { foreseeTests } from './foresee.mjs'
import { keptTests } from './kept.mjs'

const WAIT_MS = Number(process.env.JIAOYING_WAIT ?? 240) * 1000
const ARGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
  '--disable-sync', '--autoplay-policy=user-gesture-required',
]

let url = process.env.JIAOYING_URL
let link = process.env.JIAOYING_LINK
let phone = process.env.JIAOYING_PHONE
let mock
let browser
let context
let page
const foreign = []
const broken = []

const inside = (address) => address.startsWith(url) || address.startsWith('data:') || address.startsWith('blob:')
const whole = (address) => (address.startsWith('/') ? url + address : address)

function keepWatch(on) {
  on.on('request', (request) => inside(request.url()) || foreign.push(request.url()))
  on.on('pageerror', (error) => broken.push(error.message))
  on.on('console', (message) => /Content Security Policy/.test(message.text()) && broken.push(message.text()))
}

before(async () => {
  if (!url) {
    const { startMock } = await import('../mock/server.mjs')
    mock = await startMock({ minute: 33, speed: 1 })
    url = mock.url
    link = '/signin#night'
    phone = '/phone/o-330482108-32~p12-4'
  }
  url = new URL(url).origin
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ARGS })
  context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' })
  page = await context.newPage()
  keepWatch(page)
})

after(async () => {
  await browser?.close()
  mock?.close()
})

test('without signing in Watch leads to the sign-in page', async () => {
  await page.goto(url + '/watch')
  await page.waitForURL(/\/signin/)
  await page.fill('input[name=username]', 'nobody')
  await page.fill('input[name=password]', 'wrong')
  await page.click('form button')
  assert.match(await page.locator('[role=alert]').innerText(), /账号或口令不对/)
})

test('the one-time link signs in and lands on Watch', async () => {
  await page.goto('about:blank')
  await page.goto(whole(link))
  await page.waitForURL(/\/watch/)
  await page.locator('.strip svg .tick').first().waitFor({ timeout: 10_000 })
  assert.doesNotMatch(page.url(), /#/, 'the token stays in the address')
})

test('the link works only once, and says so in the language of the browser', { skip: mock ? 'the stand-in does not count' : !process.env.JIAOYING_URL && 'needs the server' }, async () => {
  for (const [locale, words] of [['zh-CN', /用过|过期/], ['en-GB', /used|expired/], ['de', /用过|过期/]]) {
    const other = await (await browser.newContext({ locale })).newPage()
    keepWatch(other)
    await other.goto(whole(link))
    await other.locator('[role=alert]').waitFor()
    assert.match(await other.locator('[role=alert]').innerText(), words, `a browser that speaks ${locale}`)
    await other.context().close()
  }
})

test('taking the shift tests the three sounds and takes away the red band', async () => {
  assert.match(await page.locator('.band.bad').innerText(), /声音未启用/)
  await page.keyboard.press('s')
  for (const n of [0, 1, 2]) await page.locator('dialog .test').nth(n).click()
  await page.getByRole('button', { name: '都听到了，接班' }).click()
  await page.locator('.band.bad').waitFor({ state: 'detached' })
  await page.getByRole('button', { name: '声音已启用' }).waitFor()
})

test('the storm raises a signal and the silent list fills', async () => {
  await page.locator('.signals .signal').first().waitFor({ timeout: WAIT_MS })
  await page.locator('.rows .row').first().waitFor({ timeout: WAIT_MS })
  assert.ok(Number(await page.locator('.figure.silent b').innerText()) > 0)
  assert.match(await page.title(), /\(\d+\)|【/)
})

test('a person answers on the phone page and the row leaves the list within a second', { skip: process.env.JIAOYING_URL && !process.env.JIAOYING_PHONE ? 'JIAOYING_PHONE is not given' : false }, async () => {
  const hand = await (await browser.newContext({ viewport: { width: 390, height: 760 }, locale: 'zh-CN' })).newPage()
  keepWatch(hand)
  await hand.goto(whole(phone))
  const message = hand.locator('a[href*="/a/"]').first()
  for (const end = Date.now() + WAIT_MS; !(await message.count()); ) {
    assert.ok(Date.now() < end, 'no text arrived on the phone')
    await hand.waitForTimeout(500)
    await hand.reload()
  }
  const name = process.env.JIAOYING_PHONE_NAME
  await hand.goto(whole(await message.getAttribute('href')))
  const before = Number(await page.locator('.figure.silent b').innerText())
  assert.ok(before > 0)
  const row = name ? page.locator('.rows .row', { hasText: name }) : undefined
  if (row) await row.waitFor()
  await hand.locator('button[name=act][value=received]').click()
  const pressed = Date.now()
  if (row) await row.waitFor({ state: 'detached', timeout: 5000 })
  else
    await page.waitForFunction((n) => Number(document.querySelector('.figure.silent b')?.textContent ?? 0) < n, before, { polling: 20, timeout: 5000 })
  console.log(`# row left the list ${Date.now() - pressed} ms after the answer`)
  await hand.context().close()
})

keptTests(
  () => ({ browser, page, url, phone: whole(phone), keepWatch }),
  mock || !process.env.JIAOYING_URL ? 'the stand-in has no person\'s page' : process.env.JIAOYING_PHONE ? false : 'JIAOYING_PHONE is not given',
)

test('escalating takes two keys and a single one does nothing', async () => {
  if (!(await page.locator('.rows .row').count())) return
  const sent = []
  const listen = (request) => request.url().includes('/api/acts/escalate') && sent.push(request)
  page.on('request', listen)
  await page.keyboard.press('j')
  await page.keyboard.press('e')
  await page.locator('[role=alertdialog]').waitFor()
  assert.equal(sent.length, 0)
  await page.keyboard.press('Escape')
  await page.locator('[role=alertdialog]').waitFor({ state: 'detached' })
  assert.equal(sent.length, 0)
  await page.keyboard.press('e')
  await page.locator('[role=alertdialog]').waitFor()
  await page.waitForTimeout(400)
  const replied = page.waitForResponse((response) => response.url().includes('/api/acts/escalate'))
  await page.keyboard.press('Enter')
  assert.ok((await replied).status() < 300)
  assert.equal(sent.length, 1)
  page.off('request', listen)
})

test('reached by desk phone is recorded from the keyboard', async () => {
  const count = await page.locator('.rows .row').count()
  if (!count) return
  await page.keyboard.press('j')
  await page.keyboard.press('d')
  await page.locator('dialog input').waitFor()
  await page.keyboard.type('已收到，马上到岗')
  const replied = page.waitForResponse((response) => response.url().includes('/api/acts/reached-by-desk'))
  await page.keyboard.press('Enter')
  assert.ok((await replied).status() < 300)
  await page.locator('dialog').waitFor({ state: 'detached' })
})

test('what is to be looked into stands in one line that opens and says what to do', async () => {
  const line = page.locator('.checks .summary')
  if (!(await line.count())) return
  const list = await page.locator('.silence').boundingBox()
  assert.equal(await page.locator('.checks li').count(), 0)
  await line.click()
  assert.ok(await page.locator('.checks li').count())
  assert.ok((await page.locator('.checks li .todo').first().innerText()).length > 5)
  assert.equal((await page.locator('.silence').boundingBox()).y, list.y, 'the silent list was pushed away')
  await line.click()
})

test('a note is written down and shown', async () => {
  await page.keyboard.press('n')
  await page.locator('dialog textarea').fill('浏览器试记')
  await page.keyboard.press('Control+Enter')
  await page.locator('.notes li', { hasText: '浏览器试记' }).first().waitFor({ timeout: 5000 })
})

deskTests(() => ({ page, url, standIn: !!mock }))

test('dragging the clock back shows that minute, keeps it in the address, and L returns', async () => {
  const strip = await page.locator('.strip').boundingBox()
  await page.mouse.move(strip.x + strip.width - 4, strip.y + 30)
  await page.mouse.down()
  await page.mouse.move(strip.x + strip.width * 0.9, strip.y + 30, { steps: 5 })
  await page.mouse.up()
  await page.locator('.band.replay').waitFor()
  await page.waitForURL(/at=\d{4}-/)
  const before = page.url()
  await page.reload()
  await page.locator('.band.replay').waitFor({ timeout: 10_000 })
  assert.equal(page.url(), before)
  await page.keyboard.press('l')
  await page.locator('.band.replay').waitFor({ state: 'detached' })
  await page.waitForURL((address) => !address.search.includes('at='))
})

test('language and theme change at once and are remembered', async () => {
  await page.getByRole('button', { name: '切换到英文' }).click()
  await page.getByText('LIVE', { exact: true }).waitFor()
  await page.reload()
  await page.getByText('LIVE', { exact: true }).waitFor({ timeout: 10_000 })
  await page.getByRole('button', { name: 'Switch to Chinese' }).click()
  await page.getByText('北京时间').waitFor()
})

const withServer = { skip: process.env.JIAOYING_URL ? false : 'needs the server' }

test('the Answer screen has who was called, finds one of them, and shows the other panes', withServer, async () => {
  await page.goto(url + '/answer')
  await page.locator('.matrix .row').first().waitFor({ timeout: WAIT_MS })
  const first = await page.locator('.matrix .row .who b').first().innerText()
  await page.keyboard.press('/')
  await page.keyboard.type(first)
  await page.waitForFunction((name) => [...document.querySelectorAll('.matrix .row .who b')].every((b) => b.textContent === name), first)
  await page.fill('.matrix .find', '')
  await page.keyboard.press('Escape')
  await page.keyboard.press('k')
  assert.equal(await page.locator('.matrix .row[aria-selected=true]').count(), 1)
  for (const [tab, part] of [
    ['应答用时', '.times table'],
    ['名册覆盖', '.coverage table'],
    ['中继线', '.lines table'],
    ['离线叫应', '.offline ol'],
    ['演练', '.drills form'],
  ]) {
    await page.getByRole('tab', { name: tab }).click()
    await page.locator(part).first().waitFor()
  }
  await page.getByRole('tab', { name: '名单' }).click()
})

test('an answer test is started with two presses, stands as an exercise and reaches nobody twice', withServer, async () => {
  await page.getByRole('tab', { name: '演练' }).click()
  await page.locator('.drills select').first().selectOption({ index: 1 })
  await page.getByRole('button', { name: '开始应答测试' }).click()
  const replied = page.waitForResponse((response) => response.url().includes('/api/acts/test-answers'))
  await page.getByRole('button', { name: '再按一次，立即发出' }).click()
  assert.ok((await replied).status() < 300)
  await page.locator('.order .aim', { hasText: '应答测试' }).first().waitFor()
  await page.locator('.order', { has: page.locator('.aim', { hasText: '应答测试' }) }).first().click()
  await page.locator('.drill').waitFor()
  await page.getByRole('tab', { name: '名单' }).click()
  await page.locator('.matrix .row').first().waitFor()
})

test('whoever no storm calls comes to Act from every storm screen and sees no storm menu', { skip: process.env.JIAOYING_URL && !process.env.JIAOYING_CALM ? 'JIAOYING_CALM is not given' : false }, async () => {
  const own = mock ? await (await import('../mock/server.mjs')).startMock({ storms: false, roles: ['department'] }) : undefined
  const at = own ? new URL(own.url).origin : url
  const calm = await (await browser.newContext({ locale: 'zh-CN' })).newPage()
  await calm.goto(own ? at + '/signin#night' : whole(process.env.JIAOYING_CALM))
  await calm.waitForURL(/\/act$/)
  for (const screen of ['watch', 'warn', 'answer', 'foresee', 'stations/63401234']) {
    await calm.goto(at + '/' + screen)
    await calm.waitForURL(/\/act$/)
    await calm.getByRole('tab', { name: '一页总览' }).waitFor()
    for (const storm of ['watch', 'warn', 'answer', 'foresee']) assert.equal(await calm.locator(`a[href^="/${storm}"]`).count(), 0, `${screen} shows the way to ${storm}`)
  }
  await calm.context().close()
  own?.close()
})

foreseeTests(() => ({ page, url, standIn: !!mock, wait: WAIT_MS }))

test('nothing was asked from another host, and nothing broke', () => {
  assert.deepEqual(foreign, [])
  assert.deepEqual(broken, [])
})
