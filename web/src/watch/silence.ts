import type { Color, Next, Order, Silent } from '@/api/types'
import { span } from '@/live/clock'

const RANK: Record<Color, number> = { none: 0, blue: 1, yellow: 2, orange: 3, red: 4 }

export const rank = (color: Color): number => RANK[color]

/** Roman numeral of a signal, as printed on its sign: I is the gravest. */
export const NUMERAL: Record<Color, string> = { none: '', blue: 'Ⅳ', yellow: 'Ⅲ', orange: 'Ⅱ', red: 'Ⅰ' }

/** Someone must be awake within five minutes. */
export const OVERDUE_MS = 5 * 60_000

export const keyOf = (row: { order: string; person: string }): string => `${row.order} ${row.person}`

/** Gravest signal first, then who has been silent longest; equal rows keep one order so that nothing jumps. */
export function sortSilent(rows: readonly Silent[]): Silent[] {
  return rows
    .map((row) => ({ row, rank: rank(row.color), since: Date.parse(row.since), key: keyOf(row) }))
    .sort((a, b) => b.rank - a.rank || a.since - b.since || (a.key < b.key ? -1 : Number(a.key > b.key)))
    .map(({ row }) => row)
}

/** When the person who waits longest was called; the rows may be thousands, so ask once per state. */
export const earliest = (rows: readonly Silent[]): number =>
  rows.reduce((first, row) => Math.min(first, Date.parse(row.since)), Infinity)

export const silentFor = (row: { since: string }, now: number): number => Math.max(0, now - Date.parse(row.since))

const SCALES_MIN = [5, 10, 15, 30, 60, 120, 240, 480]

/** Full length of all bars in minutes: one scale for the whole list, so that lengths can be compared. */
export function barScale(longestMs: number): number {
  const minutes = longestMs / 60_000
  return SCALES_MIN.find((step) => minutes <= step) ?? Math.ceil(minutes / 480) * 480
}

/** Share of the bar that is filled, 0 to 1; a new row shows at least a sliver. */
export const barShare = (elapsedMs: number, scaleMin: number): number =>
  Math.min(1, Math.max(0.015, elapsedMs / (scaleMin * 60_000)))

export const isOverdue = (row: Silent, now: number): boolean =>
  row.state === 'exhausted' || silentFor(row, now) >= OVERDUE_MS

/** What happens next, as catalogue key and words. Without a next step the officer must act: the plan has run out. */
export function nextStep(next: Next | null, now: number): { key: string; words: { name: string; span: string } } {
  if (!next) return { key: 'silent.next.none', words: { name: '', span: '' } }
  const left = Date.parse(next.at) - now
  const words = { name: next.name, span: span(left) }
  return { key: `silent.next.${next.what}.${left > 0 ? 'in' : 'due'}`, words }
}

/** The areas without the city itself, whose code begins all others. */
export const belowTheRoot = <A extends { code: string }>(areas: readonly A[]): A[] =>
  areas.length < 2 ? [...areas] : areas.filter((area) => !areas.every((other) => other.code.startsWith(area.code)))

export interface Counts {
  called: number
  answered: number
  takenOver: number
  silent: number
}

/** Sums over the open orders. */
export function countUp(orders: readonly Order[]): Counts {
  return orders
    .filter((order) => !order.closed_at)
    .reduce(
      (sum, order) => ({
        called: sum.called + order.called,
        answered: sum.answered + order.answered,
        takenOver: sum.takenOver + order.taken_over,
        silent: sum.silent + order.silent,
      }),
      { called: 0, answered: 0, takenOver: 0, silent: 0 },
    )
}

/** What the list says when nobody is silent: as catalogue key and words. A call that ended without an answer is not an answer. */
export function calmWords(orders: readonly Order[]): { key: string; words: Omit<Counts, 'called'> } {
  const open = orders.filter((order) => !order.closed_at)
  const counts = open.length ? countUp(open) : countUp(orders.map((order) => ({ ...order, closed_at: null })))
  const words = { answered: counts.answered, takenOver: counts.takenOver, silent: counts.silent }
  if (!orders.length) return { key: 'silent.calm', words }
  if (counts.silent) return { key: 'silent.ended', words }
  return { key: counts.takenOver ? 'silent.allTaken' : 'silent.all', words }
}

/** Where a person is called for: the place of his first duty within the area of the order. */
export const placeOf = (row: Pick<Silent, 'area_name' | 'items'>): { town: string; place: string } => {
  const place = row.items[0]?.area_name ?? ''
  return { town: row.area_name, place: place === row.area_name ? '' : place }
}

/** Rows of a long list that are on the screen, with a few beside them. */
export function visible(count: number, rowPx: number, scrollTop: number, heightPx: number): { from: number; to: number } {
  const spare = 4
  const from = Math.max(0, Math.floor(scrollTop / rowPx) - spare)
  return { from, to: Math.min(count, Math.ceil((scrollTop + heightPx) / rowPx) + spare) }
}
