// Foresee, as a part of the story: registered by story.test.mjs with its signed-in page.
import assert from 'node:assert/strict'
import { test } from 'node:test'

/** @param of the page that is signed in, the address of the server, whether the stand-in plays it, and how long a forecast may take, ms */
export function foreseeTests(of) {
  test('Foresee shows where the water will stand, and the clock goes ahead and back', async () => {
    const { page, url, wait } = of()
    await page.goto(url + '/watch')
    await page.getByRole('link', { name: '预报', exact: true }).click()
    await page.waitForURL(/\/foresee/)
    await page.locator('canvas.water:not([hidden])').waitFor({ timeout: wait })
    assert.match(await page.locator('.about').innerText(), /预报.*起算.*衰减持续法.*不是雷达临近预报/s)
    const first = page.locator('section[aria-label="点位"] .row').first()
    await first.waitFor({ timeout: 10_000 })
    await page.keyboard.press('ArrowRight')
    assert.match(await page.locator('.strip').innerText(), /5 分钟后/)
    await page.keyboard.press('j')
    assert.equal(await page.locator('section[aria-label="点位"] .row.chosen').count(), 1)
    await page.keyboard.press('l')
    assert.match(await page.locator('.strip').innerText(), /现在/)
  })

  test('a case that is tried is computed beside the forecast and says that it is none', async (context) => {
    const { page, standIn, wait } = of()
    if (standIn) return context.skip('the stand-in computes nothing')
    const cases = page.locator('section[aria-label="情景推演"] .row', { hasText: /降雨 120 %/ })
    const made = cases.filter({ hasText: /处积水/ })
    for (let tries = 1; !(await made.count()); tries++) {
      assert.ok(tries <= 2, 'a case twice missed its deadline')
      const before = await cases.count()
      const replied = page.waitForResponse((response) => response.url().includes('/api/acts/try-forecast'))
      await page.getByRole('button', { name: '后续降雨 +20 %' }).click()
      assert.ok((await replied).status() < 300)
      await page.waitForFunction(
        (known) => {
          const all = [...document.querySelectorAll('section[aria-label="情景推演"] .row')].map((one) => one.innerText)
          return all.filter((text) => /降雨 120 %.*(处积水|仍未算完)/s.test(text)).length > known
        },
        before,
        { timeout: wait, polling: 250 },
      )
    }
    const row = made.first()
    await row.click()
    await page.getByText('情景推演，不是预报').waitFor()
    await page.getByRole('button', { name: '回到预报' }).click()
    await page.getByText('情景推演，不是预报').waitFor({ state: 'detached' })
  })
}
