import { describe, expect, it } from 'vitest'
import type { ResponseAction, Signal } from '@/api/types'
import { byDeadline, follows, joined, lowered, progress, shownActions, spent } from '@/warn/signal'

const NOW = Date.parse('2026-07-01T10:00:00Z')
const iso = (minutes: number) => new Date(NOW + minutes * 60_000).toISOString()

describe('what follows when nobody decides', () => {
  it('runs against the clock of the room', () => {
    expect(follows({ then: 'call-order', decide_by: iso(4.5) }, NOW)).toEqual({ key: 'desk.then.call-order', span: '4:30' })
    expect(follows({ then: 'issue', decide_by: iso(1) }, NOW)).toEqual({ key: 'desk.then.issue', span: '1:00' })
  })

  it('says so when time is over, and when nothing will happen', () => {
    expect(follows({ then: 'call-order', decide_by: iso(-1) }, NOW).key).toBe('desk.then.due')
    expect(follows({ then: '', decide_by: null }, NOW).key).toBe('desk.then.none')
  })

  it('is drawn as the share of the time that is over', () => {
    expect(spent(iso(-3), iso(1), NOW)).toBe(0.75)
    expect(spent(iso(-3), iso(-1), NOW)).toBe(1)
    expect(spent(iso(-3), iso(-3), NOW)).toBe(1)
  })
})

describe('an entry', () => {
  const signal = (area: string, color: Signal['color'], hazard = 'rainstorm') => ({ area, color, hazard }) as Signal
  const inForce = [signal('a', 'red'), signal('b', 'yellow'), signal('a', 'orange', 'waterlogging')]

  it('names the signals that it would lower or lift, of its hazard and its towns only', () => {
    expect(lowered(inForce, 'rainstorm', ['a', 'b'], 'orange')).toEqual([inForce[0]])
    expect(lowered(inForce, 'rainstorm', ['a', 'b'], 'none')).toEqual([inForce[0], inForce[1]])
    expect(lowered(inForce, 'rainstorm', ['c'], 'none')).toEqual([])
  })

  it('keeps both languages as one text, and one text once', () => {
    expect(joined('中文。', 'English.')).toBe('中文。\n\nEnglish.')
    expect(joined('中文。', ' ')).toBe('中文。')
    expect(joined('same', 'same')).toBe('same')
  })
})

describe('the list of actions', () => {
  const action = (id: string, due: number, at: number | null): ResponseAction => ({ id, department: '', mine: id === 'late', text: '', due: iso(due), by: '', report: '', at: at === null ? null : iso(at), urged_at: null, escalated_at: null })
  const all = [action('done', 10, -1), action('later', 60, null), action('late', -5, null)]

  it('has what is due soonest first and what is done last', () => {
    expect(byDeadline(all).map((one) => one.id)).toEqual(['late', 'later', 'done'])
  })

  it('shows a department what is its own', () => {
    expect(shownActions(all, true).map((one) => one.id)).toEqual(['late'])
    expect(shownActions(all, false)).toEqual(byDeadline(all))
  })

  it('is counted', () => {
    expect(progress(all, NOW)).toEqual({ done: 1, all: 3, late: 1 })
  })
})
