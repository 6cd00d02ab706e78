// Warn of a headquarters room and the page of a station, as parts of the story: registered by story.test.mjs with its signed-in page.
import assert from 'node:assert/strict'
import { test } from 'node:test'

const ALERT_MS = 45_000

/** @param of the page that is signed in, the address of the server, and whether the stand-in plays it */
export function deskTests(of) {
  test('Warn tells what happens when nobody decides, with the clock running', async (context) => {
    const { page, standIn } = of()
    await page.getByRole('link', { name: '预警', exact: true }).click()
    await page.waitForURL(/\/warn/)
    await page.getByRole('heading', { name: /^实况提醒/ }).waitFor()
    assert.match(await page.locator('main').innerText(), /本室不发布预警信号.*分钟内无人决定/s)
    // in one look: somebody may decide the alert in the next moment
    const card = await page
      .waitForFunction(() => document.querySelector('.proposal:has(.then.runs)')?.innerText, undefined, { timeout: ALERT_MS, polling: 100 })
      .catch((error) => (standIn ? Promise.reject(error) : undefined))
    if (!card) return context.skip('no alert of a colour that is called waited in that minute of the story')
    const text = await card.jsonValue()
    assert.match(text, /小时降雨量达.*毫米以上/s)
    assert.match(text, /\d+\.\d mm/)
    assert.match(text, /后无人决定：按预案开出叫应单，叫应 \d+ 人|时限已到/)
  })

  test('a signal heard on the phone is entered from the keyboard, and nothing goes out on one press', async () => {
    const { page } = of()
    const sent = []
    const listen = (request) => request.url().includes('/api/acts/enter-signal') && sent.push(request.postDataJSON())
    page.on('request', listen)
    await page.locator('h1').first().waitFor({ state: 'attached' })
    await page.keyboard.press('i')
    await page.locator('.entry form').waitFor()
    await page.locator('.entry .pick', { hasText: '蓝' }).click()
    await page.locator('.entry .pick', { hasText: '广陈镇' }).click()
    await page.fill('.entry input[name=from]', '市气象台周工')
    await page.locator('.entry .called').waitFor()
    await page.locator('.entry input[name=from]').press('Enter')
    await page.locator('.entry .ask').waitFor()
    assert.equal(sent.length, 0)
    await page.waitForTimeout(450) // a slip of the finger does not count as the second press
    const replied = page.waitForResponse((response) => response.url().includes('/api/acts/enter-signal'))
    await page.locator('.entry input[name=from]').press('Enter')
    await replied
    assert.equal(sent.length, 1)
    assert.equal(sent[0].source, '电话 市气象台周工')
    assert.equal(sent[0].color, 'blue')
    page.off('request', listen)
  })

  test('the page of a station is reached from Watch and has its course, its table and its sheet', async () => {
    const { page } = of()
    await page.goto(page.url().replace(/\/warn.*/, '/watch'))
    await page.locator('.extremes a.where').first().click()
    await page.waitForURL(/\/stations\//)
    await page.locator('.chart canvas').waitFor({ timeout: 20_000 })
    assert.match(await page.locator('.now').innerText(), /观测，.*前/s)
    assert.match(await page.locator('.measure').innerText(), /小时 50 mm/)
    assert.ok((await page.locator('section[aria-label="读数"] tbody tr').count()) > 3)
    assert.match(await page.locator('a[download]').getAttribute('href'), /readings\.xlsx\?.*from=/)
    const before = await page.locator('.bar .digits').first().innerText()
    await page.keyboard.press('[')
    await page.waitForFunction((text) => document.querySelector('.bar .digits')?.textContent !== text, before)
    await page.keyboard.press(']')
    await page.keyboard.press('w')
    await page.waitForURL(/\/watch/)
  })

  test('a doubt is overruled with a reason on the page of its station, without one it is not', async (context) => {
    const { page, url, standIn } = of()
    if (!standIn) return context.skip('the story has no doubted station at this moment')
    await page.goto(url + '/stations/W1')
    await page.locator('.doubts').getByRole('button', { name: '否定怀疑…' }).click()
    const confirm = page.locator('.doubts').getByRole('button', { name: '确认' })
    assert.ok(await confirm.isDisabled())
    await page.keyboard.type('已到现场，读数属实')
    await page.keyboard.press('Enter')
    await page.locator('.doubts', { hasText: '已到现场，读数属实' }).waitFor()
    await page.locator('tr.suspect').getByRole('button', { name: '采信…' }).click()
    await page.keyboard.type('与人工观测一致')
    await page.keyboard.press('Enter')
    await page.locator('tr.accepted', { hasText: '与人工观测一致' }).waitFor()
    await page.goto(url + '/watch')
  })
}
