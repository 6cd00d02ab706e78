import { afterEach, describe, expect, it } from 'vitest'
import { dayIso, instantOf, localOf } from '@/act/dates'
import { filledFrom } from '@/act/drafts'
import { barOf, spanOf } from '@/act/due'
import { Pages } from '@/act/pages'
import { projector, ringsOf, spotOf } from '@/act/places'
import { decisionsOf, faultSpot, inserted, widthOf, wordsFound } from '@/act/settings'
import { askedOf, dropView, keepView, ownViews, same } from '@/act/views'
import { elsewhereOf, landingOf } from '@/sign/landing'

const at = Date.parse
const due = (since: string, until: string, state: 'running' | 'missed' = 'running') => ({ since, at: until, state })

describe('a deadline', () => {
  const fortnight = due('2026-06-01T00:00:00Z', '2026-06-16T00:00:00Z')

  it('is a bar from its start to its end', () => {
    expect(barOf(fortnight, at('2026-06-06T00:00:00Z'))).toEqual({ gone: 1 / 3, state: 'running', left: 10 * 86_400_000 })
    expect(barOf(fortnight, at('2026-05-30T00:00:00Z')).gone).toBe(0)
  })

  it('is near in its last fifth and in its last day', () => {
    expect(barOf(fortnight, at('2026-06-13T00:00:00Z')).state).toBe('near')
    expect(barOf(due('2026-06-01T00:00:00Z', '2026-06-01T20:00:00Z'), at('2026-06-01T01:00:00Z')).state).toBe('near')
  })

  it('is missed when it is over, whether or not the server has said so yet', () => {
    expect(barOf(fortnight, at('2026-06-18T00:00:00Z'))).toEqual({ gone: 1, state: 'missed', left: -2 * 86_400_000 })
    expect(barOf(due('2026-06-01T00:00:00Z', '2026-06-02T00:00:00Z', 'missed'), at('2026-06-01T12:00:00Z')).state).toBe('missed')
  })

  it('is said in the unit that fits', () => {
    expect(spanOf(90 * 60_000)).toEqual({ key: 'minutes', n: 90 })
    expect(spanOf(-30 * 3_600_000)).toEqual({ key: 'hours', n: 30 })
    expect(spanOf(49 * 3_600_000)).toEqual({ key: 'days', n: 2 })
  })
})

describe('a list in pages', () => {
  it('reads what is looked at and no more', () => {
    const pages = new Pages<string>(3)
    expect(pages.missing(0, 5)).toEqual([0])
    pages.put(0, 8, ['a', 'b', 'c'])
    expect(pages.missing(0, 5)).toEqual([1])
    pages.put(2, 8, ['g', 'h'])
    expect([pages.at(0), pages.at(3), pages.at(7)]).toEqual(['a', undefined, 'h'])
    expect(pages.missing(6, 12)).toEqual([])
    expect(pages.find((row) => row === 'h')).toEqual({ index: 7, row: 'h' })
  })

  it('forgets after a change what nobody looks at', () => {
    const pages = new Pages<string>(2)
    pages.put(0, 4, ['a', 'b'])
    pages.put(1, 4, ['c', 'd'])
    pages.keepOnly([1])
    expect([pages.at(0), pages.at(2)]).toEqual([undefined, 'c'])
    expect(pages.missing(0, 4)).toEqual([0])
  })
})

describe('a view', () => {
  afterEach(() => Reflect.deleteProperty(globalThis, 'localStorage'))

  function desk(kept: Record<string, string> = {}): void {
    Object.defineProperty(globalThis, 'localStorage', {
      configurable: true,
      value: { getItem: (key: string) => kept[key] ?? null, setItem: (key: string, value: string) => void (kept[key] = value) },
    })
  }

  it('is a filter of the address, and what is not ours is left alone', () => {
    expect(askedOf({ programme: 'hazards', at: 'x', mine: 'true', q: '' })).toEqual({ programme: 'hazards', mine: 'true' })
    expect(same({ mine: 'true', q: '' }, { mine: 'true' })).toBe(true)
    expect(same({ mine: 'true' }, {})).toBe(false)
  })

  it('is kept by name on this desk', () => {
    desk()
    keepView({ name: '圩区', asked: { q: '圩' } })
    keepView({ name: '圩区', asked: { q: '圩堤' } })
    expect(ownViews()).toEqual([{ name: '圩区', asked: { q: '圩堤' } }])
    expect(dropView('圩区')).toEqual([])
  })

  it('that cannot be read counts as none', () => {
    desk({ 'jiaoying.views': '{"name":' })
    expect(ownViews()).toEqual([])
    desk({ 'jiaoying.views': '[null,{"name":3},{"name":"a","asked":{"mine":"true","evil":"x"}}]' })
    expect(ownViews()).toEqual([{ name: 'a', asked: { mine: 'true' } }])
  })
})

describe('moments of a form', () => {
  it('are in Beijing time, wherever the browser stands', () => {
    expect(localOf('2026-06-30T16:30:00Z')).toBe('2026-07-01T00:30')
    expect(instantOf('2026-07-01T00:30')).toBe('2026-06-30T16:30:00Z')
    expect(instantOf('')).toBe('')
    expect(dayIso(at('2026-12-31T20:00:00Z'))).toBe('2027-01-01')
  })
})

describe('people land', () => {
  it('by their role', () => {
    expect(landingOf({ roles: ['duty-officer', 'system-administrator'] })).toBe('/watch')
    expect(landingOf({ roles: ['department'] })).toBe('/act')
    expect(landingOf({ roles: ['village'] })).toBe('/act')
    expect(landingOf({ roles: ['auditor'] })).toBe('/act')
    expect(landingOf({ roles: ['system-administrator'] })).toBe('/doors')
    expect(landingOf(undefined)).toBe('/watch')
  })
})

describe('a draft', () => {
  const field = (id: string, choices: string[] = []) => ({ id, name: id, type: 'text' as const, unit: '', required: false, choices: choices.map((choice) => ({ id: choice, name: choice })), value: '', shown: '' })
  const document = { document: 'a'.repeat(64), name: '纪要.txt', at: '2026-06-02T01:00:00Z' }
  const draft = { text: '市水利局要完成检修。', from: 10, to: 20, words: ['要'], bodies: [], deadline: null, items: [], dropped: null }

  it('fills a form with what the sentence says and invents no deadline', () => {
    const filled = filledFrom(document, draft, [field('title'), field('sentence'), field('sentence_from'), field('due_on'), field('meeting'), field('weight')])
    expect(filled).toEqual({ title: draft.text, sentence: draft.text, sentence_from: '10', due_on: '', meeting: '纪要', weight: '' })
  })

  it('takes a deadline only where the day is known', () => {
    const when = { text: '6月30日前', from: 12, to: 18 }
    expect(filledFrom(document, { ...draft, deadline: { ...when, date: '2026-06-30' } }, [field('due_on')])).toEqual({ due_on: '2026-06-30' })
    expect(filledFrom(document, { ...draft, deadline: { ...when, date: null } }, [field('due_on')])).toEqual({ due_on: '' })
  })

  it('says that its source is a document only where the form knows that', () => {
    expect(filledFrom(document, draft, [field('source', ['inspection', 'document'])])).toEqual({ source: 'document' })
    expect(filledFrom(document, draft, [field('source', ['inspection'])])).toEqual({ source: '' })
  })
})

describe('a place', () => {
  it('is longitude and latitude, and nothing else', () => {
    expect(spotOf('121.02,30.7')).toEqual([121.02, 30.7])
    expect(spotOf('')).toBeUndefined()
    expect(spotOf('121.02')).toBeUndefined()
    expect(spotOf('200,30')).toBeUndefined()
  })

  it('is put into the box with north above and a kilometre as wide as it is high', () => {
    const to = projector([[121, 30], [121.2, 30.1]], 1000, 500, 0)
    expect(to.back(to([121.05, 30.02])).map((n) => Math.round(n * 1e6) / 1e6)).toEqual([121.05, 30.02])
    const [west, south] = to([121, 30])
    const [east, north] = to([121.2, 30.1])
    expect(north).toBeLessThan(south)
    expect((east - west) / (south - north)).toBeCloseTo(2 * Math.cos((30.05 * Math.PI) / 180), 6)
    for (const n of [west, south, east, north]) expect(n).toBeGreaterThanOrEqual(-1e-6)
  })

  it('has rings where it is a polygon', () => {
    expect(ringsOf({ type: 'MultiPolygon', coordinates: [[[[1, 2]]], [[[3, 4]]]] })).toEqual([[[1, 2]], [[3, 4]]])
    expect(ringsOf({ type: 'Point', coordinates: [1, 2] })).toEqual([])
  })
})

describe('settings of a programme', () => {
  const change = { change: 'A1', what: 'target', title: '', was: [], to: ['4'], reason: 'x', by: '', person: 'P1', at: '', state: 'proposed', decided_by: '', why: '', decided_at: null } as const

  it('are decided by another than who proposed, who may only take back', () => {
    const one = { ...change, was: [], to: ['4'] }
    expect(decisionsOf(one, 'P1', true)).toEqual(['withdraw'])
    expect(decisionsOf(one, 'P2', true)).toEqual(['approve', 'refuse'])
    expect(decisionsOf(one, 'P2', false)).toEqual([])
    expect(decisionsOf(one, '', true)).toEqual([])
    expect(decisionsOf({ ...one, state: 'approved' }, 'P2', true)).toEqual([])
  })

  it('find words in both languages and by their place, the report first', () => {
    const words = [
      { place: 'stage/hazard/found', group: 'stage', of: '隐患', zh: '登记', en: 'Registered' },
      { place: 'report', group: 'report', of: '', zh: '登记{found}处', en: '{found} found' },
    ] as const
    expect(wordsFound([...words], '登记', 9).shown.map((one) => one.place)).toEqual(['report', 'stage/hazard/found'])
    expect(wordsFound([...words], 'REGIST', 9).shown).toHaveLength(1)
    expect(wordsFound([...words], '', 1)).toEqual({ shown: [words[1]], more: 1 })
  })

  it('put a placeholder where the cursor is and show where a fault stands', () => {
    expect(inserted('共处', 1, 'found')).toEqual({ text: '共{found}处', at: 8 })
    const fault = { code: '', part: 'en', line: 2, column: 3, found: '{fund}', nearest: 'found', allowed: [], what: '', todo: '' }
    const text = 'one\n  {fund} b'
    const spot = faultSpot(fault, text)!
    expect(text.slice(spot.from, spot.to)).toBe('{fund}')
    expect(faultSpot({ ...fault, line: 0 }, text)).toBeUndefined()
  })

  it('draw no target wider than its bar', () => {
    const reached = { year: 2026, town: '', name: '', aim: '4', value: '5', at_least: false, share: '125.0', example: false }
    expect(widthOf(reached)).toBe(100)
    expect(widthOf({ ...reached, share: null })).toBe(0)
  })
})

describe('a screen that is not mine', () => {
  it('leads whoever no storm calls to his work list, from every other address', () => {
    const economy = { roles: ['department'], storms: false }
    for (const path of ['/watch', '/warn', '/answer', '/foresee', '/stations/PHR01', '/actual']) expect(elsewhereOf(economy, path)).toBe('/act')
    for (const path of ['/act', '/act/I7']) expect(elsewhereOf(economy, path)).toBeUndefined()
    expect(elsewhereOf({ roles: ['department'], storms: true }, '/watch')).toBeUndefined()
  })

  it('leads whoever keeps accounts only to the doors', () => {
    expect(elsewhereOf({ roles: ['system-administrator'], storms: true }, '/act')).toBe('/doors')
    expect(elsewhereOf({ roles: ['system-administrator'] }, '/doors')).toBeUndefined()
  })
})
