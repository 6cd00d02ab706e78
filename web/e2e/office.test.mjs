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
  await page.waitForURL(/\/(watch|password)/) // an account without a password is asked for one
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

const REAL = !!JIAOYING_OFFICE_URL
const needsServer = { skip: !REAL && 'needs the server: the stand-in has one person and issues nothing' }

/** Sends the form: the first press asks, the second sends; a slip of the finger does not count as the second. */
async function propose(page, basis) {
  await page.fill('.entry input[name=from]', basis)
  await page.locator('.entry input[name=from]').press('Enter')
  await page.locator('.entry .ask').waitFor()
  await page.waitForTimeout(450)
  await page.locator('.entry input[name=from]').press('Enter')
  await page.locator('.entry form').waitFor({ state: 'detached' })
}

async function approve(page, basis) {
  const card = page.locator('.proposal', { hasText: basis })
  await card.getByRole('button', { name: '批准发布' }).click()
  await card.locator('.ask').waitFor()
  await page.waitForTimeout(450)
  await card.getByRole('button', { name: '确认' }).click()
  await card.waitFor({ state: 'detached' })
}

const inForce = (page) => page.locator('section[aria-label="生效信号"] li', { hasText: '广陈镇' })

test('a proposal is made with the words of the template in both languages, after seeing who would be called', async () => {
  await officer.keyboard.press('i')
  await officer.locator('.entry .pick', { hasText: '橙' }).click()
  await officer.locator('.entry .pick', { hasText: '广陈镇' }).click()
  await officer.locator('.entry .called', { hasText: /将叫应 [1-9]\d* 人/ }).waitFor()
  assert.match(await officer.locator('.entry textarea[lang="zh-CN"]').inputValue(), /预警信号/)
  assert.match(await officer.locator('.entry textarea[lang="en"]').inputValue(), /rainstorm warning/)
  await propose(officer, '会商结论')
  await officer.locator('.proposal', { hasText: '会商结论' }).waitFor()
})

test('who proposed it cannot approve it, and nothing is in force yet', needsServer, async () => {
  const own = officer.locator('.proposal', { hasText: '会商结论' })
  assert.match(await own.innerText(), /另一人批准|带班领导批准/)
  assert.equal(await own.getByRole('button', { name: '批准发布' }).count(), 0)
  assert.equal(await inForce(officer).count(), 0)
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

test('the signal is in force for everybody, raised from its own line and approved again', needsServer, async () => {
  await inForce(officer).filter({ hasText: '橙' }).waitFor()
  await inForce(officer).getByRole('button', { name: '升级、降级…' }).click()
  await officer.locator('.entry .pick', { hasText: '红' }).click()
  await officer.locator('.entry .called', { hasText: /将叫应 [1-9]\d* 人/ }).waitFor()
  await officer.waitForFunction(() => document.querySelector('.entry textarea[lang="zh-CN"]')?.value.includes('升级为红色'))
  await propose(officer, '雨势增强')
  await leader.locator('.proposal', { hasText: '雨势增强' }).waitFor()
  await approve(leader, '雨势增强')
  await inForce(officer).filter({ hasText: '红' }).waitFor()
  assert.equal(await inForce(officer).count(), 1, 'the orange signal is not in force beside the red one')
})

test('the red signal proposes a response, which the leader starts, and the actions run against their deadlines', needsServer, async () => {
  const pane = leader.locator('article', { hasText: '广陈镇' }).filter({ hasText: '建议启动 I 级响应' })
  await pane.getByRole('button', { name: '启动 I 级' }).click()
  await pane.getByText('行动清单').waitFor()
  assert.match(await pane.innerText(), /水利局.*前/s)
  assert.ok((await pane.locator('li', { hasText: '镇' }).count()) >= 6, 'each town has its action')
  assert.ok((await pane.locator('li').getByRole('button', { name: '报告完成' }).count()) > 0, 'the desk writes down what it hears')
})

test('a signal in force is lifted from its own line, and only when another person approves', needsServer, async () => {
  await inForce(officer).getByRole('button', { name: '解除…' }).click()
  await officer.waitForFunction(() => document.querySelector('.entry textarea[lang="zh-CN"]')?.value.includes('解除'))
  await propose(officer, '雨已停')
  await leader.locator('.proposal', { hasText: '雨已停' }).waitFor()
  assert.equal(await inForce(officer).count(), 1)
  await approve(leader, '雨已停')
  await inForce(officer).waitFor({ state: 'detached' })
  await inForce(leader).waitFor({ state: 'detached' })
})

test('nothing broke', () => assert.deepEqual(broken, []))
