import { describe, expect, it } from 'vitest'
import type { StationReading, StationState } from '@/api/types'
import { options, thresholdLines, type Look, type Names } from '@/station/chart'
import { bars, counts, line, marked, range, stepOf, turned } from '@/station/series'

const HOUR = 3600_000
const START = Date.parse('2026-07-01T10:00:00Z')
const iso = (minute: number) => new Date(START + minute * 60_000).toISOString()

function reading(minute: number, value: number, more: Partial<StationReading> = {}): StationReading {
  return { observed_at: iso(minute), recorded_at: iso(minute), value, suspect: false, flags: [], accepted: null, acceptable: false, ...more }
}
const accepted = { by: 'li', reason: '到场', at: iso(9) }
/** The server tells the latest first. */
const latestFirst = (...rows: StationReading[]) => rows.reverse()

describe('rain', () => {
  it('falls into bars that end at whole steps, and adds up', () => {
    const rows = latestFirst(reading(5, 1), reading(10, 2), reading(15, 0.5), reading(20, 0))
    expect(bars(rows, START, START + HOUR, 10 * 60_000)).toEqual([
      { from: START, to: START + 600_000, mm: 3, total: 3 },
      { from: START + 600_000, to: START + 1_200_000, mm: 0.5, total: 3.5 },
    ])
  })

  it('leaves out what a check holds back, and takes in what an officer accepted', () => {
    const rows = latestFirst(reading(5, 70, { suspect: true }), reading(10, 60, { suspect: true, accepted }))
    expect(bars(rows, START, START + HOUR, 600_000).map((bar) => bar.mm)).toEqual([60])
    expect(rows.map(counts)).toEqual([true, false])
    expect(marked(rows)).toEqual({ held: [{ at: START + 300_000, value: 70 }], accepted: [{ at: START + 600_000, value: 60 }] })
  })

  it('counts the larger of two values for one moment, as the room does', () => {
    expect(bars(latestFirst(reading(5, 1), reading(5, 4)), START, START + HOUR, 300_000).map((bar) => bar.mm)).toEqual([4])
  })

  it('begins after the left edge and ends at the right one', () => {
    const rows = latestFirst(reading(0, 9), reading(5, 1), reading(65, 9))
    expect(bars(rows, START, START + HOUR, 300_000).map((bar) => bar.mm)).toEqual([1])
  })

  it('has days that begin at midnight in Beijing', () => {
    const late = [reading(6 * 60 + 30, 2), reading(5 * 60 + 30, 1)] // 00:30 and 23:30 in Beijing
    const found = bars(late, START, START + 24 * HOUR, 24 * HOUR)
    expect(found.map((bar) => bar.mm)).toEqual([1, 2])
    expect(new Date(found[0]!.to).toISOString()).toBe('2026-07-01T16:00:00.000Z')
  })
})

describe('the width of a bar', () => {
  it('is the interval of the station while that can be seen, and whole multiples of it afterwards', () => {
    expect(stepOf(6 * HOUR, 5) / 60_000).toBe(5)
    expect(stepOf(24 * HOUR, 5) / 60_000).toBe(5)
    expect(stepOf(31 * 24 * HOUR, 5) / 60_000).toBe(180)
    expect(stepOf(6 * HOUR, 60) / 60_000).toBe(60)
    expect(stepOf(24 * HOUR, 1) / 60_000).toBe(5)
  })
})

describe('the line of the water', () => {
  it('runs from old to new and is broken where nothing came for three intervals', () => {
    const rows = latestFirst(reading(0, 3.1), reading(5, 3.2), reading(25, 3.3))
    expect(line(rows, 5).map((dot) => dot && dot.value)).toEqual([3.1, 3.2, null, 3.3])
  })

  it('goes past what does not count', () => {
    expect(line(latestFirst(reading(0, 3.1), reading(5, 9, { suspect: true }), reading(10, 3.2)), 5).map((dot) => dot && dot.value)).toEqual([3.1, 3.2])
  })
})

describe('the axis', () => {
  it('holds thresholds that are near and lets go of those that would press the water flat', () => {
    const [low, high] = range([3.0, 3.1], [3.3, 9], 0.2)
    expect(low).toBeLessThan(3)
    expect(high).toBeGreaterThan(3.3)
    expect(high).toBeLessThan(4)
  })

  it('never has no height', () => {
    const [low, high] = range([3, 3], [], 0.2)
    expect(high - low).toBeGreaterThan(0.1)
    expect(range([], [3.3, 3.7], 0.2)).toEqual([3.3 - 0.2, 3.7 + 0.2])
  })
})

describe('turning the page', () => {
  it('goes back span by span and comes to the present again', () => {
    const now = START + 100 * HOUR
    const back = turned(now, 24, -1, now)!
    expect(back).toBe(now - 24 * HOUR)
    expect(turned(back, 24, 1, now)).toBeUndefined()
  })
})

const state = (kind: StationState['kind'], more: Partial<StationState> = {}): StationState => ({
  at: iso(60), fact: 1, id: 'S', name: '测', kind, unit: kind === 'level' ? 'm' : 'mm', lon: 121, lat: 30, area: '', area_name: '', interval_min: 5, silent: false,
  last: null, sums: null, rise: null, thresholds: null, rules: [], criteria: null, doubts: [], events: [], from: iso(0), to: iso(60), readings: [], cut: false, pictures: [], ...more,
}) // prettier-ignore
const names: Names = {
  rain: 'rain', total: 'total', level: 'level', held: 'held', accepted: 'accepted', warning: '警戒', guaranteed: '保证', color: (color) => color,
  shown: (value) => String(value), moment: (at) => new Date(at).toISOString(),
} // prettier-ignore
const look: Look = { ink: '#000', faint: '#333', line: '#ccc', panel: '#fff', water: '#00f', strong: '#999', bad: '#f00', press: '#00a' }

describe('the chart', () => {
  it('has the thresholds of the station, or the ladder of depths', () => {
    const set = { warning: 3.3, guaranteed: 3.7, datum: '吴淞', national: -1.87, source: 'x' }
    expect(thresholdLines(state('level', { thresholds: set }), names).map((one) => one.value)).toEqual([3.3, 3.7])
    const ladder = [150, 270].map((value) => ({ color: 'blue' as const, how: 'stands' as const, minutes: 0, base: 'ground' as const, offset: value, value, least: null, reached: false }))
    expect(thresholdLines(state('depth', { rules: ladder }), names).map((one) => one.value)).toEqual([150, 270])
    expect(thresholdLines(state('level'), names)).toEqual([])
  })

  it('shows Beijing time wherever the browser is', () => {
    const made = options(state('level', { readings: [reading(5, 3)] }), names, look) as { useUTC: boolean; xAxis: { min: number } }
    expect(made.useUTC).toBe(true)
    expect(new Date(made.xAxis.min).toISOString()).toBe('2026-07-01T18:00:00.000Z')
  })

  it('lets no name of a station or series become markup', () => {
    const made = options(state('level', { readings: [reading(5, 3)] }), { ...names, level: '<b>' }, look) as { tooltip: { formatter: (points: unknown) => string } }
    expect(made.tooltip.formatter([{ seriesName: '<b>', value: [START, 3] }])).not.toContain('<b><b>')
  })
})
