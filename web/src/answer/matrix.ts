import type { AnswerRow, Silent } from '@/api/types'

/** Where a row stands in the list: what the officer must do himself first, the answered last. */
export function rankOf(row: AnswerRow): number {
  if (row.state === 'exhausted') return 0
  if (row.state === 'calling') return row.escalated ? 1 : 2
  if (row.state === 'unanswered') return 3
  if (row.report_by) return 4
  return 5
}

export const SILENT_RANKS = 3

interface Placed {
  row: AnswerRow
  rank: number
  since: number
}

function before(a: Placed, b: Placed): number {
  return a.rank - b.rank || a.since - b.since || (a.row.person < b.row.person ? -1 : Number(a.row.person > b.row.person))
}

/**
 * The rows of one order, silent first, kept in order as they change: a row that changed is taken out and put where it
 * belongs, so that 100,000 rows need not be sorted again for each answer.
 */
export class Matrix {
  private readonly byPerson = new Map<string, Placed>()
  private placed: Placed[] = []
  private silentCount = 0

  get size(): number {
    return this.placed.length
  }

  /** How many of the first rows are people nobody has heard from. */
  get silent(): number {
    return this.silentCount
  }

  row(index: number): AnswerRow | undefined {
    return this.placed[index]?.row
  }

  rows(from: number, to: number): AnswerRow[] {
    return this.placed.slice(from, to).map((placed) => placed.row)
  }

  find(person: string): AnswerRow | undefined {
    return this.byPerson.get(person)?.row
  }

  indexOf(person: string): number {
    const placed = this.byPerson.get(person)
    return placed ? this.place(placed) : -1
  }

  /** First rows of people nobody has heard from, as Watch lists them. */
  firstSilent(order: string, most: number): Silent[] {
    return this.rows(0, Math.min(most, this.silentCount)).map((row) => silentOf(order, row))
  }

  search(words: string, most: number): AnswerRow[] {
    const found: AnswerRow[] = []
    const small = words.toLowerCase()
    for (const { row } of this.placed) {
      if (matches(row, small) && found.push(row) === most) break
    }
    return found
  }

  clear(): void {
    this.byPerson.clear()
    this.placed = []
    this.silentCount = 0
  }

  put(rows: readonly AnswerRow[]): void {
    if (rows.length > 2000) this.putMany(rows)
    else rows.forEach((row) => this.putOne(row))
  }

  private putMany(rows: readonly AnswerRow[]): void {
    for (const row of rows) this.byPerson.set(row.person, placedOf(row))
    this.placed = [...this.byPerson.values()].sort(before)
    this.silentCount = this.placed.reduce((sum, placed) => sum + Number(isSilent(placed)), 0)
  }

  private putOne(row: AnswerRow): void {
    const old = this.byPerson.get(row.person)
    const next = placedOf(row)
    this.byPerson.set(row.person, next)
    if (old) {
      this.silentCount -= Number(isSilent(old))
      const at = this.place(old)
      if (old.rank === next.rank && old.since === next.since) {
        this.placed[at] = next
        this.silentCount += Number(isSilent(next))
        return
      }
      this.placed.splice(at, 1)
    }
    this.placed.splice(this.place(next), 0, next)
    this.silentCount += Number(isSilent(next))
  }

  /** Where a row stands, or would stand. */
  private place(sought: Placed): number {
    let low = 0
    let high = this.placed.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (before(this.placed[middle]!, sought) < 0) low = middle + 1
      else high = middle
    }
    return low
  }
}

const isSilent = (placed: Placed): boolean => placed.rank < SILENT_RANKS

const placedOf = (row: AnswerRow): Placed => ({ row, rank: rankOf(row), since: Date.parse(row.settled_at ?? row.since) })

/** @param words in small letters */
const matches = (row: AnswerRow, words: string): boolean =>
  `${row.name} ${row.post} ${row.body} ${row.town_name} ${row.place} ${row.duty}`.toLowerCase().includes(words)

export function silentOf(order: string, row: AnswerRow): Silent {
  const last = row.tries.at(-1)
  return {
    order,
    person: row.person,
    name: row.name,
    post: row.post,
    body: row.body,
    area: row.town,
    area_name: row.town_name,
    color: row.color,
    since: row.since,
    state: row.state === 'exhausted' ? 'exhausted' : 'calling',
    round: row.round,
    rounds: row.rounds,
    last: last ? { channel: last.channel, state: last.state, at: last.at } : null,
    next: row.next,
    items: [{ duty: row.duty, area_name: row.place }],
  }
}

/** What a mark in the matrix says without colour: shape by how far an attempt has come. */
export type MarkShape = 'planned' | 'sent' | 'there' | 'answered' | 'failed' | 'off'

const SHAPES: Record<string, MarkShape> = {
  planned: 'planned',
  submitted: 'sent',
  ambiguous: 'sent',
  delivered: 'there',
  connected: 'there',
  'heard-to-end': 'there',
  confirmed: 'answered',
  'in-place': 'answered',
  withdrawn: 'off',
}

export const shapeOf = (state: string): MarkShape => SHAPES[state] ?? 'failed'

export interface StripMark {
  /** 0 at the opening of the order, 1 at the end of the scale. */
  x: number
  shape: MarkShape
  state: string
  to: string
  at: string
}

const SCALES_MIN = [5, 10, 15, 30, 60, 120, 240, 720]

/** Minutes that one cell shows: one scale for the whole matrix, so that places can be compared. */
export const scaleOf = (elapsedMs: number): number => SCALES_MIN.find((minutes) => elapsedMs <= minutes * 60_000) ?? 1440

/** The attempts by one channel along the time since the order was opened. */
export function stripOf(row: AnswerRow, channel: string, openedMs: number, scaleMin: number): StripMark[] {
  return row.tries
    .filter((attempt) => attempt.channel === channel)
    .map((attempt) => ({
      x: Math.min(1, Math.max(0, (Date.parse(attempt.at) - openedMs) / (scaleMin * 60_000))),
      shape: shapeOf(attempt.state),
      state: attempt.state,
      to: attempt.to,
      at: attempt.at,
    }))
}
