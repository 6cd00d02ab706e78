// What a person enters without a network, as a part of the story: registered by story.test.mjs. The telephone is a browser of its own
// whose network is cut; the page is closed and opened again; then everything arrives once, and what a rule refuses is still there.
import assert from 'node:assert/strict'
import { test } from 'node:test'

const MEASURES = '浏览器试：备泵两台，专人值守'

/** @param of the browser, the page that is signed in, the addresses of server and telephone, and how a page is watched */
export function keptTests(of, skip) {
  test('what is entered without a network waits on the phone, outlives the page and arrives once', { skip }, async () => {
    const { browser, page, url, phone, keepWatch } = of()
    const telephone = await browser.newContext({ viewport: { width: 390, height: 760 }, locale: 'zh-CN' })
    let hand = await telephone.newPage()
    keepWatch(hand)
    await hand.goto(phone)
    await hand.goto(url + (await hand.locator('a[href*="/a/"]').first().getAttribute('href')))
    const link = hand.url()
    const form = hand.locator('form', { has: hand.locator('button[value=confirm]') }).first()
    const item = await form.locator('input[name=item]').getAttribute('value')
    await hand.waitForFunction(async () => !!(await caches.match(location.href)))

    await telephone.setOffline(true)
    await form.locator('input[name=said]').fill(MEASURES)
    await form.locator('button').click()
    await hand.locator('#kept .state', { hasText: '本机存着 1 条' }).waitFor()
    assert.match(await form.locator('button').innerText(), /已存在本机/)
    assert.ok(await form.locator('button').isDisabled(), 'it can be entered twice')
    await hand.locator(`form:has(input[value="${item}"]) button[value=close]`).click()
    await hand.locator('#kept .state', { hasText: '本机存着 2 条' }).waitFor()
    await hand.close()

    hand = await telephone.newPage()
    keepWatch(hand)
    await hand.goto(link)
    await hand.locator('#kept', { hasText: '没有网络，这是上次看到的页面' }).waitFor()
    assert.equal(await hand.locator('#kept article').count(), 2)
    assert.match(await hand.locator('#kept article').first().innerText(), new RegExp(MEASURES))
    await hand.locator(`details:has(button:text("核查不通过退回")) summary`).click()
    await hand.locator('textarea[name=reason]').fill('浏览器试：出水仍有异响')
    await hand.locator('button[value=step]', { hasText: '核查不通过退回' }).click()
    await hand.locator('#kept .state', { hasText: '本机存着 3 条' }).waitFor()

    await telephone.setOffline(false)
    await hand.locator('#kept', { hasText: '已送出' }).waitFor()
    const refused = hand.locator('#kept article')
    assert.equal(await refused.count(), 1, 'what was done is not kept any more')
    assert.match(await refused.innerText(), /申请销号.*谁也不能销自己的号|申请销号.*另一/s)
    await hand.reload()
    await refused.waitFor()

    const whole = await (await page.request.get(`${url}/api/items/${item}`)).json()
    assert.equal(whole.row.controls.filter((one) => one.text === MEASURES).length, 1)
    assert.equal(whole.acts.filter((act) => act.step === 'rework').length, 1)
    await telephone.close()
  })
}
