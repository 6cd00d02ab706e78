import { describe, expect, it } from 'vitest'
import type { Mark, Signal, Silent, WatchState } from '@/api/types'
import { AlarmWatch, DATA_LOST_S, joined, standing } from '@/watch/alarms'
import { GUARD_MS, PATIENCE_MS, TwoStep } from '@/watch/confirm'
import { find, initials } from '@/watch/find'
import { commandOf, numberOf } from '@/watch/keys'
import { screenOf, SCREENS } from '@/watch/screens'
import { labelPlace } from '@/watch/labelplace'
import { bunch, rainTop, shareAt, ticks, timeAt } from '@/watch/strip'
import { keyOf } from '@/watch/silence'
import { isNight } from '@/watch/sun'

const NOW = Date.parse('2026-07-11T17:20:00Z')
const iso = (ms: number) => new Date(ms).toISOString()

describe('alarms', () => {
  const state = (some: Partial<WatchState>) => ({ signals: [], alerts: [], silent: [], ...some }) as unknown as WatchState
  const signal = (color: Signal['color']) => ({ id: color, hazard: 'rainstorm', area: 'z', area_name: '乍浦镇', color }) as Signal
  const waiting = (seconds: number) => ({ order: 'o', person: 'p', name: '李某', since: iso(NOW - seconds * 1000), state: 'calling' }) as Silent

  it('take what is there at first sight as the ground', () => {
    expect(new AlarmWatch().see(state({ signals: [signal('red')] }), NOW, 10)).toEqual([])
  })

  it('sound once for a new or raised signal, and not for a lowered one', () => {
    const watch = new AlarmWatch()
    watch.see(state({}), NOW, 10)
    expect(watch.see(state({ signals: [signal('orange')] }), NOW, 10)).toEqual([{ kind: 'signal', about: ['乍浦镇'] }])
    expect(watch.see(state({ signals: [signal('orange')] }), NOW, 10)).toEqual([])
    expect(watch.see(state({ signals: [signal('red')] }), NOW, 10)).toHaveLength(1)
    expect(watch.see(state({ signals: [signal('yellow')] }), NOW, 10)).toEqual([])
  })

  it('sound when a person passes five minutes, once', () => {
    const watch = new AlarmWatch()
    watch.see(state({ silent: [waiting(200)] }), NOW, 10)
    expect(watch.see(state({ silent: [waiting(301)] }), NOW, 10)).toEqual([{ kind: 'overdue', about: ['李某'], keys: [keyOf(waiting(301))] }])
    expect(watch.see(state({ silent: [waiting(302)] }), NOW, 10)).toEqual([])
  })

  it('name nobody who has been reached, and end when nobody is left', () => {
    const row = (person: string) => ({ ...waiting(301), person, name: person })
    const alarm = { kind: 'overdue' as const, about: ['甲', '乙'], keys: ['甲', '乙'].map((one) => keyOf(row(one))) }
    const signal = { kind: 'signal' as const, about: ['乍浦镇'] }
    expect(standing([alarm, signal], state({ silent: [row('乙')] }))).toEqual([{ kind: 'overdue', about: ['乙'], keys: [keyOf(row('乙'))] }, signal])
    expect(standing([alarm], state({}))).toEqual([])
  })

  it('keep naming whom this screen cannot tell of', () => {
    const row = (person: string) => ({ ...waiting(301), person, name: person })
    const alarm = { kind: 'overdue' as const, about: ['甲', '乙'], keys: ['甲', '乙'].map((one) => keyOf(row(one))) }
    expect(standing([alarm], state({}), (key) => key === keyOf(row('甲')))).toEqual([{ kind: 'overdue', about: ['乙'], keys: [keyOf(row('乙'))] }])
  })

  it('keep naming who was overdue before when others become so', () => {
    const row = (person: string) => ({ ...waiting(301), person, name: person })
    const one = (name: string) => ({ kind: 'overdue' as const, about: [name], keys: [keyOf(row(name))] })
    expect(joined([one('甲')], [one('乙')])[0]!.about).toEqual(['乙', '甲'])
    expect(joined([one('甲')], [one('甲')])[0]!.about).toEqual(['甲'])
  })

  it('sound when the data grow old, and again after they were back', () => {
    const watch = new AlarmWatch()
    watch.see(state({}), NOW, 10)
    expect(watch.see(state({}), NOW, DATA_LOST_S + 1)).toEqual([{ kind: 'lost', about: [] }])
    expect(watch.see(state({}), NOW, DATA_LOST_S + 2)).toEqual([])
    watch.see(state({}), NOW, 20)
    expect(watch.see(state({}), NOW, DATA_LOST_S + 1)).toHaveLength(1)
  })
})

describe('the second confirming key', () => {
  let at = 0
  const step = () => new TwoStep<string>(() => at)

  it('does the deed once', () => {
    at = 0
    const two = step()
    two.arm('call')
    at = GUARD_MS + 1
    expect(two.confirm()).toBe('call')
    expect(two.confirm()).toBeUndefined()
  })

  it('does not take a bouncing key for a decision', () => {
    at = 0
    const two = step()
    two.arm('call')
    at = GUARD_MS - 1
    expect(two.confirm()).toBeUndefined()
    expect(two.waiting).toBe('call')
  })

  it('forgets after a while and when cancelled', () => {
    at = 0
    const two = step()
    two.arm('call')
    at = PATIENCE_MS + 1
    expect(two.confirm()).toBeUndefined()
    two.arm('call')
    two.cancel()
    at += GUARD_MS + 1
    expect(two.confirm()).toBeUndefined()
  })
})

describe('number keys', () => {
  const pressed = (name: string, more = {}) => ({ key: name, repeat: false, ctrlKey: false, altKey: false, metaKey: false, ...more })

  it('lead to the screens that there are, and never out of a field', () => {
    expect(SCREENS.map((screen) => screenOf(numberOf(pressed(screen.key), 'control') ?? '', '/'))).toEqual(SCREENS.map((screen) => screen.path))
    expect(numberOf(pressed('3'), 'field')).toBeUndefined()
    expect(numberOf(pressed('3', { ctrlKey: true }), 'page')).toBeUndefined()
    expect(numberOf(pressed('8'), 'page')).toBeUndefined()
    expect(screenOf('3', '/answer')).toBeUndefined()
  })
})

describe('keys', () => {
  const key = (name: string, some = {}) => ({ key: name, repeat: false, ctrlKey: false, altKey: false, metaKey: false, ...some })

  it('are commands on the page and text in a field', () => {
    expect(commandOf(key('e'), 'page')).toBe('escalate')
    expect(commandOf(key('E'), 'page')).toBe('escalate')
    expect(commandOf(key('e'), 'field')).toBeUndefined()
    expect(commandOf(key('c', { ctrlKey: true }), 'page')).toBeUndefined()
  })

  it('held down move, but decide nothing', () => {
    expect(commandOf(key('j', { repeat: true }), 'page')).toBe('down')
    expect(commandOf(key('Enter', { repeat: true }), 'page')).toBeUndefined()
  })

  it('leave Enter and Space to a focused button', () => {
    expect(commandOf(key('Enter'), 'control')).toBeUndefined()
    expect(commandOf(key(' '), 'control')).toBeUndefined()
    expect(commandOf(key('l'), 'control')).toBe('live')
  })
})

describe('finding', () => {
  it('knows pinyin initials', () => {
    expect(initials('王示一')).toBe('wsy')
    expect(initials('乍浦2号闸')).toBe('zp2hz')
  })

  it('finds by name, initials and number, beginnings first', () => {
    const things = [
      { kind: 'station' as const, id: 'H1010', name: '新乍浦闸', beside: '' },
      { kind: 'area' as const, id: '330482101', name: '乍浦镇', beside: '' },
    ]
    expect(find('zp', things).map((thing) => thing.id)).toEqual(['330482101', 'H1010'])
    expect(find('h101', things)).toHaveLength(1)
    expect(find('  ', things)).toEqual([])
  })
})

describe('the strip of time', () => {
  const hour = 3600_000

  it('turns a place into a time and back', () => {
    expect(timeAt(shareAt(NOW - hour, NOW - 3 * hour, NOW), NOW - 3 * hour, NOW)).toBeCloseTo(NOW - hour, 0)
    expect(timeAt(7, 0, 10)).toBe(10)
  })

  it('draws near marks of one kind as one with the gravest colour', () => {
    const marks: Mark[] = [
      { at: iso(NOW - 1000), kind: 'signal', color: 'red', text: 'b' },
      { at: iso(NOW - 2000), kind: 'signal', color: 'orange', text: 'a' },
      { at: iso(NOW - 1500), kind: 'answered', text: 'c' },
      { at: iso(NOW - 5 * hour), kind: 'note', text: 'outside' },
    ]
    const found = bunch(marks, NOW - hour, NOW, 0.01)
    expect(found.map((one) => [one.kind, one.count, one.color])).toEqual([['signal', 2, 'red'], ['answered', 1, 'none']])
    expect(found[0]!.texts).toEqual(['a', 'b'])
  })

  it('prints round times, not too many', () => {
    const found = ticks(NOW - 3 * hour, NOW, 12)
    expect(found.length).toBeLessThanOrEqual(13)
    expect(found.every((at) => at % (15 * 60_000) === 0)).toBe(true)
  })

  it('keeps the top of the rain axis on round figures', () => {
    expect([0, 5, 6, 42, 501].map(rainTop)).toEqual([5, 5, 10, 50, 1000])
  })
})

it('finds room for a town name away from the gauges', () => {
  const inside = ([x, y]: [number, number]) => x > 0 && x < 10 && y > 0 && y < 10
  const border = ([x, y]: [number, number]) => Math.min(x, y, 10 - x, 10 - y)
  const [x, y] = labelPlace([0, 0, 10, 10], inside, border, [[3, 3], [7, 3]], 1.7)
  expect(inside([x, y])).toBe(true)
  expect(y).toBeGreaterThan(4.5)
})

it('knows when the sun is down at Pinghu', () => {
  expect(isNight(Date.parse('2026-06-21T10:55:00Z'))).toBe(false) // 18:55, sunset about 19:02
  expect(isNight(Date.parse('2026-06-21T11:15:00Z'))).toBe(true)
  expect(isNight(Date.parse('2026-12-21T08:45:00Z'))).toBe(false) // 16:45, sunset about 16:56
  expect(isNight(Date.parse('2026-12-21T09:10:00Z'))).toBe(true)
  expect(isNight(Date.parse('2026-12-20T22:30:00Z'))).toBe(true) // 06:30, sunrise about 06:47
})
