import { describe, expect, it } from 'vitest'
import type { AnswerRow } from '@/api/types'
import { Matrix, rankOf, scaleOf, stripOf } from '@/answer/matrix'

const OPENED = Date.parse('2026-07-11T18:00:00Z')

function row(person: string, over: Partial<AnswerRow> = {}): AnswerRow {
  return {
    person,
    name: person,
    post: '责任人',
    body: '村委会',
    town: 'T',
    town_name: '乍浦镇',
    place: '建中村',
    duty: '防汛责任人',
    more: 0,
    color: 'red',
    since: '2026-07-11T18:00:00Z',
    state: 'calling',
    escalated: false,
    round: 1,
    rounds: 5,
    next: null,
    settled_at: null,
    by: '',
    channel: '',
    witness: '',
    report_by: null,
    in_place_at: null,
    tries: [],
    ...over,
  }
}

const order = (matrix: Matrix) => matrix.rows(0, matrix.size).map((one) => one.person)

describe('the matrix', () => {
  it('has who is the officer’s own first, then the escalated, then the silent, then who owes a report, then the answered', () => {
    const matrix = new Matrix()
    matrix.put([
      row('answered', { state: 'answered', settled_at: '2026-07-11T18:01:00Z' }),
      row('owes', { state: 'answered', settled_at: '2026-07-11T18:01:00Z', report_by: '2026-07-11T18:10:00Z' }),
      row('silent'),
      row('escalated', { escalated: true }),
      row('spent', { state: 'exhausted', escalated: true }),
    ])
    expect(order(matrix)).toEqual(['spent', 'escalated', 'silent', 'owes', 'answered'])
    expect(matrix.silent).toBe(3)
  })

  it('moves a row that changed, and finds it again', () => {
    const matrix = new Matrix()
    matrix.put(['a', 'b', 'c'].map((person) => row(person)))
    matrix.put([row('a', { state: 'answered', settled_at: '2026-07-11T18:02:00Z' })])
    expect(order(matrix)).toEqual(['b', 'c', 'a'])
    expect(matrix.indexOf('a')).toBe(2)
    expect(matrix.indexOf('nobody')).toBe(-1)
    expect(matrix.silent).toBe(2)
  })

  it('is after any changes what it would be when read at once', () => {
    const seed = 20260711
    let state = seed
    const random = (below: number) => {
      state = (state * 1103515245 + 12345) & 0x7fffffff
      return state % below
    }
    const states = ['calling', 'exhausted', 'answered', 'taken-over', 'unanswered']
    const any = () =>
      row(`p${random(300)}`, {
        state: states[random(states.length)]!,
        escalated: random(2) === 0,
        since: new Date(OPENED + random(5) * 1000).toISOString(),
        settled_at: random(2) ? new Date(OPENED + random(50) * 1000).toISOString() : null,
      })
    const slowly = new Matrix()
    const rows = new Map<string, AnswerRow>()
    for (let n = 0; n < 3000; n++) {
      const one = any()
      rows.set(one.person, one)
      slowly.put([one])
    }
    const atOnce = new Matrix()
    atOnce.put([...rows.values(), ...Array.from({ length: 2000 }, (_, n) => rows.get([...rows.keys()][n % rows.size]!)!)])
    expect(order(slowly), `seed ${seed}`).toEqual(order(atOnce))
    expect(slowly.silent).toBe(atOnce.silent)
    expect(slowly.silent).toBe([...rows.values()].filter((one) => rankOf(one) < 3).length)
  })

  it('has one scale for all cells and puts each attempt in its place', () => {
    expect(scaleOf(4 * 60_000)).toBe(5)
    expect(scaleOf(11 * 60_000)).toBe(15)
    const tries: AnswerRow['tries'] = [
      { channel: 'text', to: '', round: 1, at: '2026-07-11T18:00:00Z', state: 'delivered' },
      { channel: 'voice', to: '', round: 2, at: '2026-07-11T18:05:00Z', state: 'no-answer' },
      { channel: 'voice', to: '副手', round: 4, at: '2026-07-11T18:10:00Z', state: 'confirmed' },
    ]
    const marks = stripOf(row('a', { tries }), 'voice', OPENED, 10)
    expect(marks.map((mark) => [mark.x, mark.shape, mark.to])).toEqual([
      [0.5, 'failed', ''],
      [1, 'answered', '副手'],
    ])
  })

  it('finds by name, place and duty', () => {
    const matrix = new Matrix()
    matrix.put([row('a', { name: '王建芳' }), row('b', { place: '外山村' }), row('c', { duty: '校长' }), row('d', { place: 'Bazi Village' })])
    expect(matrix.search('bazi', 10).map((one) => one.person), 'capitals do not matter').toEqual(['d'])
    expect(matrix.search('建芳', 10).map((one) => one.person)).toEqual(['a'])
    expect(matrix.search('外山', 10).map((one) => one.person)).toEqual(['b'])
    expect(matrix.search('校长', 10).map((one) => one.person)).toEqual(['c'])
  })
})
