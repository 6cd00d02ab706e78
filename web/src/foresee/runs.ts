import type { ForecastRun, ForecastSite } from '@/api/types'

/** 'came': with the rain that was measured; 'then': as it was forecast so long before. */
export type Past = 'came' | 'then'

/** The forecasts that came, the earliest first. */
export const forecasts = (runs: ForecastRun[]): ForecastRun[] =>
  runs.filter((run) => run.live && run.state === 'made').sort((a, b) => Date.parse(a.start) - Date.parse(b.start))

/**
 * The run that speaks of a moment: of the present and the future the latest, of the past the one that began last before it, or
 * the one that began at least `lead` before it.
 */
export function runFor(runs: ForecastRun[], moment: number, now: number, past: Past, leadMs: number): ForecastRun | undefined {
  const known = forecasts(runs)
  if (moment >= now) return known.at(-1)
  const until = past === 'came' ? moment : moment - leadMs
  return known.filter((run) => Date.parse(run.start) <= until && Date.parse(run.until) >= moment).at(-1)
}

export type Trouble = { kind: 'failed' | 'old' | 'none'; run?: ForecastRun; minutes?: number }

/** What is wrong with the forecasts now: the last failed, the last that came is too old, or none ever came. */
export function trouble(runs: ForecastRun[], everyMin: number, now: number): Trouble | undefined {
  const live = runs.filter((run) => run.live && run.state !== 'asked').sort((a, b) => Date.parse(a.asked_at) - Date.parse(b.asked_at))
  const last = live.at(-1)
  const came = forecasts(runs).at(-1)
  if (last?.state === 'failed') return { kind: 'failed', run: last }
  const minutes = came ? (now - Date.parse(came.start)) / 60_000 : 0
  if (came && minutes > 2 * everyMin) return { kind: 'old', run: came, minutes: Math.round(minutes) }
  return came ? undefined : { kind: 'none' }
}

/** Depth of a site at a moment of its run, mm. */
export function depthAt(site: ForecastSite, run: ForecastRun, stepMin: number, moment: number): number {
  const index = Math.floor((moment - Date.parse(run.start)) / 60_000 / Math.max(1, stepMin))
  return site.depths_mm[Math.min(site.depths_mm.length - 1, Math.max(0, index))] ?? 0
}

/** Whether a run says nothing of a moment; what is shown then is its first or last step. */
export const silent = (run: ForecastRun, stepMin: number, moment: number): boolean =>
  moment < Date.parse(run.start) || moment >= Date.parse(run.until) + stepMin * 60_000

/** What a small curve has as its full height, mm: 60 cm, or the deepest of a site that is deeper. */
export const curveTop = (site: ForecastSite): number => Math.max(600, ...site.depths_mm)

/** Points of a small curve of depths in a box of 100 x 24, full height at `top` mm. */
export const curve = (depths: number[], top: number): string =>
  depths.map((depth, index) => `${((index / Math.max(1, depths.length - 1)) * 100).toFixed(1)},${(24 - (Math.min(depth, top) / top) * 23).toFixed(1)}`).join(' ')
