import { describe, expect, it } from 'vitest'
import type { Check, Order, Silent } from '@/api/types'
import { groupOf, OLD_MS, parted, tally, wrongOf } from '@/watch/checks'
import { barScale, barShare, belowTheRoot, calmWords, countUp, isOverdue, nextStep, placeOf, sortSilent, visible } from '@/watch/silence'

const NOW = Date.parse('2026-07-11T17:20:00Z')
const before = (seconds: number) => new Date(NOW - seconds * 1000).toISOString()

const row = (person: string, some: Partial<Silent> = {}): Silent => ({
  order: 'o1', person, name: person, post: '', body: '', area: '', area_name: '', color: 'orange', since: before(60),
  state: 'calling', round: 1, rounds: 3, last: null, next: null, items: [], ...some,
}) // prettier-ignore

describe('the silent list', () => {
  it('puts the gravest signal first, then who has waited longest', () => {
    const rows = [row('short'), row('red', { color: 'red', since: before(5) }), row('long', { since: before(600) })]
    expect(sortSilent(rows).map((one) => one.person)).toEqual(['red', 'long', 'short'])
  })

  it('keeps equal rows in one order, so that nothing jumps', () => {
    expect(sortSilent([row('b'), row('a')])).toEqual(sortSilent([row('a'), row('b')]))
  })

  it('draws all bars on one scale that grows in steps', () => {
    expect([0, 4, 6, 14, 45, 200, 481].map((minutes) => barScale(minutes * 60_000))).toEqual([5, 5, 10, 15, 60, 240, 960])
  })

  it('fills a bar with the share of its time, a sliver at least and never over the end', () => {
    expect(barShare(0, 5)).toBe(0.015)
    expect(barShare(150_000, 5)).toBe(0.5)
    expect(barShare(900_000, 5)).toBe(1)
  })

  it('calls a person overdue after five minutes or when the plan has run out', () => {
    expect(isOverdue(row('a', { since: before(299) }), NOW)).toBe(false)
    expect(isOverdue(row('a', { since: before(300) }), NOW)).toBe(true)
    expect(isOverdue(row('a', { state: 'exhausted' }), NOW)).toBe(true)
  })

  it('draws only the rows on the screen of five thousand', () => {
    expect(visible(5000, 52, 52_000, 520)).toEqual({ from: 996, to: 1014 })
    expect(visible(3, 52, 0, 520)).toEqual({ from: 0, to: 3 })
  })
})

describe('what happens next', () => {
  it('says who is called and in how long', () => {
    const step = nextStep({ what: 'deputy', name: '陈某', at: new Date(NOW + 20_000).toISOString() }, NOW)
    expect(step).toEqual({ key: 'silent.next.deputy.in', words: { name: '陈某', span: '0:20' } })
  })

  it('says that a step is due once its time has come', () => {
    expect(nextStep({ what: 'officer', name: '', at: before(1) }, NOW).key).toBe('silent.next.officer.due')
  })

  it('leaves the officer to act when there is no next step', () => {
    expect(nextStep(null, NOW).key).toBe('silent.next.none')
  })
})

const order = (some: Partial<Order>): Order => ({
  id: '', color: 'red', area: '', area_name: '', opened_at: '', closed_at: null, called: 12, answered: 9, taken_over: 1,
  silent: 2, notice: '', not_received: [], ...some,
}) // prettier-ignore

it('counts only orders that are open', () => {
  expect(countUp([order({}), order({ closed_at: before(5) }), order({ called: 3, answered: 3, taken_over: 0, silent: 0 })])).toEqual({
    called: 15,
    answered: 12,
    takenOver: 1,
    silent: 2,
  })
})

it('leaves out the city itself among its towns', () => {
  const codes = ['330482', '330482001', '330482101'].map((code) => ({ code }))
  expect(belowTheRoot(codes).map((area) => area.code)).toEqual(['330482001', '330482101'])
  expect(belowTheRoot([{ code: '330482101' }])).toHaveLength(1)
})

describe('when nobody is silent', () => {
  it('tells who answered apart from whose deputy took over', () => {
    expect(calmWords([order({ answered: 11, silent: 0 })])).toEqual({
      key: 'silent.allTaken',
      words: { answered: 11, takenOver: 1, silent: 0 },
    })
    expect(calmWords([order({ answered: 12, taken_over: 0, silent: 0 }), order({ closed_at: before(5) })]).key).toBe('silent.all')
  })

  it('does not say that everyone answered when a call ended before', () => {
    expect(calmWords([order({ closed_at: before(5) })])).toEqual({ key: 'silent.ended', words: { answered: 9, takenOver: 1, silent: 2 } })
    expect(calmWords([]).key).toBe('silent.calm')
  })
})

it('shows the village for which a person is called, with its town', () => {
  const item = (area_name: string) => ({ duty: '村（社区）防汛责任人', area_name })
  expect(placeOf(row('a', { area_name: '乍浦镇', items: [item('外山村'), item('南湾村')] }))).toEqual({ town: '乍浦镇', place: '外山村' })
  expect(placeOf(row('a', { area_name: '乍浦镇', items: [item('乍浦镇')] })).place).toBe('')
  expect(placeOf(row('a', { area_name: '乍浦镇' })).place).toBe('')
})

describe('matters to look into', () => {
  const check = (kind: string, ago: number, count = 1): Check => ({
    kind, station: '', subject: 's', about: '', since: before(ago), last: before(ago), count, detail: '',
  }) // prettier-ignore

  it('are told apart by what is to be done', () => {
    expect(['refused-unit', 'refused-key', 'suspect-value', 'set-aside', 'contact'].map((kind) => groupOf({ kind }))).toEqual([
      'refused', 'receipt', 'suspect', 'set-aside', 'contact',
    ]) // prettier-ignore
    expect(wrongOf({ kind: 'refused-observed_at' })).toBe('observed_at')
    expect(wrongOf({ kind: 'refused-key' })).toBeUndefined()
  })

  it('fold away when older than a shift, but a wrong number and a standing doubt never do', () => {
    const old = OLD_MS / 1000 + 1
    const { fresh, old: folded } = parted([check('refused-unit', 60), check('refused-unit', old), check('contact', old), check('station-doubted', old)], NOW)
    expect(fresh.map((one) => one.kind)).toEqual(['refused-unit', 'contact', 'station-doubted'])
    expect(folded).toHaveLength(1)
    expect(parted([{ ...check('station-silent', 0), since: null, last: null }], NOW).old).toHaveLength(1)
  })

  it('are counted by kind, in a fixed order', () => {
    expect(tally([check('station-silent', 1), check('refused-unit', 1, 3), check('refused-value', 1)])).toEqual([
      { group: 'refused', n: 4 },
      { group: 'station-silent', n: 1 },
    ])
  })
})
