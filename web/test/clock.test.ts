import { describe, expect, it } from 'vitest'
import { beijing, clockTime, minuteIso, parseAt, RoomClock, span } from '@/live/clock'

describe('the room clock', () => {
  const clock = RoomClock.of('2026-07-11T17:21:30Z', 1000, 12)

  it('goes on at the speed of the demo between two answers', () => {
    expect(new Date(clock.at(6000)).toISOString()).toBe('2026-07-11T17:22:30.000Z')
  })

  it('never runs backwards before its anchor', () => {
    expect(clock.at(0)).toBe(Date.parse('2026-07-11T17:21:30Z'))
  })

  it('lets the age of the data grow while nothing is heard', () => {
    expect(clock.grown(38, 11_000)).toBe(38 + 120)
  })

  it('takes a speed of nothing as real time', () => {
    expect(RoomClock.of('2026-07-11T00:00:00Z', 0, 0).at(1000)).toBe(Date.parse('2026-07-11T00:00:01Z'))
  })
})

describe('words of time', () => {
  it('shows Beijing time whatever the zone of the browser', () => {
    expect(clockTime('2026-07-11T18:17:43Z', true)).toBe('02:17:43')
    expect(beijing(Date.parse('2026-07-11T18:17:43Z'))).toMatchObject({ month: 7, day: 12, weekday: 0 })
  })

  it.each([
    [0, '0:00'],
    [20_000, '0:20'],
    [291_000, '4:51'],
    [3_600_000, '1:00:00'],
    [-5000, '0:00'],
  ])('writes %i ms as %s', (ms, text) => expect(span(ms)).toBe(text))

  it('keeps a whole minute in the address and reads it back', () => {
    const at = Date.parse('2026-07-11T17:03:59Z')
    expect(minuteIso(at)).toBe('2026-07-11T17:03:00Z')
    expect(parseAt(minuteIso(at))).toBe(Date.parse('2026-07-11T17:03:00Z'))
  })

  it('takes a broken address for the present', () => {
    expect(parseAt('yesterday')).toBeUndefined()
    expect(parseAt(undefined)).toBeUndefined()
  })
})
