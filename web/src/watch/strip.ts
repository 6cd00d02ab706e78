import type { Color, Mark, MarkKind } from '@/api/types'
import { rank } from './silence'

/** The strip of time: where an instant lies, 0 to 1. */
export const shareAt = (at: number, from: number, to: number): number => (at - from) / (to - from)

export const timeAt = (share: number, from: number, to: number): number =>
  from + Math.min(1, Math.max(0, share)) * (to - from)

/** Marks of one kind that would lie on each other, drawn as one. */
export interface Bunch {
  kind: MarkKind
  share: number
  count: number
  color: Color
  at: string
  texts: string[]
}

/** Gathers marks of one kind that are nearer to each other than {@code nearShare} of the strip. */
export function bunch(marks: readonly Mark[], from: number, to: number, nearShare: number): Bunch[] {
  const open = new Map<MarkKind, Bunch>()
  const all: Bunch[] = []
  for (const mark of [...marks].sort((a, b) => Date.parse(a.at) - Date.parse(b.at))) {
    const share = shareAt(Date.parse(mark.at), from, to)
    if (share < 0 || share > 1) continue
    const color = mark.color ?? 'none'
    const near = open.get(mark.kind)
    if (near && share - near.share < nearShare) {
      near.count++
      near.texts.push(mark.text)
      if (rank(color) > rank(near.color)) near.color = color
    } else {
      const fresh = { kind: mark.kind, share, count: 1, color, at: mark.at, texts: [mark.text] }
      open.set(mark.kind, fresh)
      all.push(fresh)
    }
  }
  return all
}

const TICKS_MIN = [5, 10, 15, 30, 60, 120, 180, 360]

/** Full minutes, quarters or hours to print under the strip, at most {@code most} of them, aligned to Beijing time. */
export function ticks(from: number, to: number, most: number): number[] {
  const step = (TICKS_MIN.find((minutes) => (to - from) / (minutes * 60_000) <= most) ?? 720) * 60_000
  const found: number[] = []
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) found.push(at)
  return found
}

/** Top of the rain axis in mm, so that bars of different nights stay comparable: 5, 10, 20, 50, ... */
export const rainTop = (max: number): number => [5, 10, 20, 30, 50, 100, 200, 500].find((top) => max <= top) ?? 1000
