// Warn of a weather office in a real browser: one person proposes with the words of the template, another approves. Driven from outside:
//   JIAOYING_OFFICE_URL   a server whose room is a weather office
//   JIAOYING_OFFICE_LINKS two one-time sign-in links, of a duty officer and of a duty leader, with a space between them
// Without them the stand-in of mock/ plays the server.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { chromium } from 'playwright-core'

const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-sync']
const { JIAOYING_OFFICE_URL, JIAOYING_OFFICE_LINKS } = process.env
let url = JIAOYING_OFFICE_URL && new URL(JIAOYING_OFFICE_URL).origin
let links = JIAOYING_OFFICE_LINKS?.split(' ')
let mock, browser, officer, leader
const broken = []

async function signIn(link) {
  const page = await (await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' })).newPage()
  page.on('pageerror', (error) => broken.push(error.message))
  page.on('console', (message) => /Content Security Policy/.test(message.text()) && broken.push(message.text()))
  await page.goto(link.startsWith('/') ? url + link : link)
  await page.waitForURL(/\/watch/)
  await page.goto(url + '/warn')
  await page.getByRole('heading', { name: /^待批准的信号/ }).waitFor()
  return page
}

before(async () => {
  if (!url) {
    const { startMock } = await import('../mock/server.mjs')
    mock = await startMock({ minute: 33, speed: 1, issuer: 'WEATHER_OFFICE' })
    url = mock.url
    links = ['/signin#night', '/signin#night']
  }
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ARGS })
  officer = await signIn(links[0])
  leader = await signIn(links[1])
})

after(async () => {
  await browser?.close()
  mock?.close()
})

test('a proposal is made with the words of the template in both languages, after seeing who would be called', async () => {
  await officer.keyboard.press('i')
  await officer.locator('.entry .pick', { hasText: '橙' }).click()
  await officer.locator('.entry .pick', { hasText: '广陈镇' }).click()
  await officer.locator('.entry .called', { hasText: /将叫应 [1-9]\d* 人/ }).waitFor()
  assert.match(await officer.locator('.entry textarea[lang="zh-CN"]').inputValue(), /预警信号/)
  assert.match(await officer.locator('.entry textarea[lang="en"]').inputValue(), /rainstorm warning/)
  await officer.fill('.entry input[name=from]', '会商结论')
  await officer.locator('.entry input[name=from]').press('Enter')
  await officer.locator('.entry .ask', { hasText: '等待另一人批准' }).waitFor()
  await officer.waitForTimeout(450)
  await officer.locator('.entry input[name=from]').press('Enter')
  await officer.locator('.entry form').waitFor({ state: 'detached' })
  await officer.locator('.proposal', { hasText: '会商结论' }).waitFor()
})

test('who proposed it cannot approve it', { skip: mock || !JIAOYING_OFFICE_URL ? 'the stand-in has one person only' : false }, async () => {
  const own = officer.locator('.proposal', { hasText: '会商结论' })
  await own.waitFor()
  assert.equal(await own.getByRole('button', { name: '批准发布' }).count(), 0)
})

test('another person sees the words, the people and the consequence, and approves with two presses', async () => {
  const card = leader.locator('.proposal', { hasText: '会商结论' })
  await card.waitFor()
  assert.match(await card.innerText(), /发布后将叫应 \d+ 人/)
  assert.match(await card.innerText(), /不会自动发布/)
  const sent = []
  leader.on('request', (request) => request.url().includes('/api/acts/approve-proposal') && sent.push(request))
  await card.getByRole('button', { name: '批准发布' }).click()
  await card.locator('.ask').waitFor()
  assert.equal(sent.length, 0)
  await leader.waitForTimeout(450)
  await card.getByRole('button', { name: '确认' }).click()
  await card.waitFor({ state: 'detached' })
  assert.equal(sent.length, 1)
})

test('a signal in force is lifted from its own line', { skip: !JIAOYING_OFFICE_URL && 'needs the server' }, async () => {
  const line = officer.locator('section[aria-label="生效信号"] li', { hasText: '广陈镇' })
  await line.getByRole('button', { name: '解除…' }).click()
  assert.match(await officer.locator('.entry textarea[lang="zh-CN"]').inputValue(), /解除/)
})

test('nothing broke', () => assert.deepEqual(broken, []))
