import type { StationReading } from '@/api/types'

/** What the chart of a station is drawn from; times in epoch milliseconds. */
export interface Bar {
  from: number
  to: number
  mm: number
  /** Rain since the left edge, this bar included. */
  total: number
}

export interface Dot {
  at: number
  value: number
}

const MINUTE = 60_000
const STEPS_MIN = [1, 5, 10, 15, 30, 60, 180, 360, 720, 1440]
const BARS_MOST = 320

/** A reading counts unless a check holds it back and no officer has taken it for true. */
export const counts = (reading: StationReading): boolean => !reading.suspect || reading.accepted !== null

/** Width of a bar: whole steps of the station, few enough to be seen. */
export function stepOf(spanMs: number, intervalMin: number): number {
  const least = Math.max(intervalMin, spanMs / MINUTE / BARS_MOST)
  return (STEPS_MIN.find((step) => step >= least && step % Math.max(1, intervalMin) === 0) ?? 1440) * MINUTE
}

/** Rain of readings that count, in bars that end at whole steps of Beijing time. Of two readings for one moment the larger counts. */
export function bars(readings: readonly StationReading[], from: number, to: number, stepMs: number): Bar[] {
  const best = new Map<number, number>()
  for (const reading of readings) {
    const at = Date.parse(reading.observed_at)
    if (!counts(reading) || at <= from || at > to) continue
    best.set(at, Math.max(best.get(at) ?? 0, reading.value))
  }
  const sums = new Map<number, number>()
  for (const [at, mm] of best) {
    const end = edge(at, stepMs)
    sums.set(end, (sums.get(end) ?? 0) + mm)
  }
  let total = 0
  return [...sums]
    .sort(([a], [b]) => a - b)
    .map(([end, mm]) => ({ from: end - stepMs, to: end, mm: round(mm), total: round((total += mm)) }))
}

const BEIJING = 8 * 3600_000
const edge = (at: number, stepMs: number) => Math.ceil((at + BEIJING) / stepMs) * stepMs - BEIJING
const round = (value: number) => Math.round(value * 1000) / 1000

/**
 * The line of a level or depth: readings that count, oldest first. Where nothing came for longer than three intervals the line is
 * broken, for nobody knows what the water did.
 */
export function line(readings: readonly StationReading[], intervalMin: number): (Dot | null)[] {
  const found: (Dot | null)[] = []
  let before: number | undefined
  for (const reading of [...readings].reverse()) {
    if (!counts(reading)) continue
    const at = Date.parse(reading.observed_at)
    if (before !== undefined && at - before > intervalMin * 3 * MINUTE) found.push(null)
    found.push({ at, value: reading.value })
    before = at
  }
  return found
}

/** Readings that do not count, and those that count by an officer's word. */
export function marked(readings: readonly StationReading[]): { held: Dot[]; accepted: Dot[] } {
  const dot = (reading: StationReading): Dot => ({ at: Date.parse(reading.observed_at), value: reading.value })
  return {
    held: readings.filter((reading) => !counts(reading)).map(dot),
    accepted: readings.filter((reading) => reading.suspect && reading.accepted !== null).map(dot),
  }
}

export const SPANS_H = [6, 24, 72, 168, 744] as const

/** The span before or after the one shown; never beyond the present. */
export function turned(to: number, hours: number, step: -1 | 1, now: number): number | undefined {
  const next = to + step * hours * 3600_000
  return next >= now ? undefined : next
}

/** The axis holds the water and those thresholds that are near it; a threshold metres away would press the water flat. */
export function range(values: readonly number[], lines: readonly number[], least: number): [number, number] {
  if (!values.length) return lines.length ? [Math.min(...lines) - least, Math.max(...lines) + least] : [0, least]
  const low = Math.min(...values)
  const high = Math.max(...values)
  const reach = Math.max(high - low, least) * 4
  const near = lines.filter((line) => line >= low - reach && line <= high + reach)
  const bottom = Math.min(low, ...near)
  const top = Math.max(high, ...near)
  const air = Math.max((top - bottom) * 0.12, least / 2)
  return [bottom - air, top + air]
}
