import type { Due } from '@/api/items'

const HOUR = 3600_000
const DAY = 24 * HOUR
/** Under a day, or under the last fifth of its time, an end is near. */
const NEAR = 0.8

export interface Bar {
  /** How much of the time is gone, 0 to 1. */
  gone: number
  state: 'running' | 'near' | 'missed'
  /** Milliseconds left; negative when it is over. */
  left: number
}

/** A deadline as a bar from its start to its end. */
export function barOf(due: Pick<Due, 'since' | 'at' | 'state'>, now: number): Bar {
  const since = Date.parse(due.since)
  const at = Date.parse(due.at)
  const left = at - now
  const gone = at > since ? Math.min(1, Math.max(0, (now - since) / (at - since))) : 1
  if (due.state === 'missed' || left <= 0) return { gone: 1, state: 'missed', left: Math.min(left, 0) }
  return { gone, state: gone >= NEAR || left < DAY ? 'near' : 'running', left }
}

/** The span in the largest unit that says it well. @returns key of the catalogue and its number */
export function spanOf(ms: number): { key: 'minutes' | 'hours' | 'days'; n: number } {
  const size = Math.abs(ms)
  if (size < 2 * HOUR) return { key: 'minutes', n: Math.floor(size / 60_000) }
  if (size < 2 * DAY) return { key: 'hours', n: Math.floor(size / HOUR) }
  return { key: 'days', n: Math.floor(size / DAY) }
}
