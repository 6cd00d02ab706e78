import { describe, expect, it } from 'vitest'
import { enterEach } from '@/answer/many'

describe('several people entered together', () => {
  it('stand each for himself, by desk phone without a witness', async () => {
    const acts: unknown[] = []
    const { left, error } = await enterEach('C1', ['li', 'wu'], { way: 'desk', said: '已到岗', witness: '' }, async (deed, fields) => acts.push([deed, fields]))
    expect(acts).toEqual([
      ['reached-by-desk', { order: 'C1', person: 'li', said: '已到岗' }],
      ['reached-by-desk', { order: 'C1', person: 'wu', said: '已到岗' }],
    ])
    expect([left, error]).toEqual([[], undefined])
  })

  it('by loudspeaker carry way and witness', async () => {
    const acts: unknown[] = []
    await enterEach('C1', ['li'], { way: 'loudspeaker', said: '', witness: '民兵小张' }, async (deed, fields) => acts.push([deed, fields]))
    expect(acts).toEqual([['reached-by-hand', { order: 'C1', person: 'li', way: 'loudspeaker', said: '', witness: '民兵小张' }]])
  })

  it('one who cannot be entered stays, the others go on, and the first reason is told', async () => {
    const entered: string[] = []
    const act = async (_: string, fields: Record<string, string>) => {
      if (fields.person !== 'wu') throw new Error(`no ${fields.person}`)
    }
    const { left, error } = await enterEach('C1', ['li', 'wu', 'chen'], { way: 'desk', said: '到', witness: '' }, act, (one) => entered.push(one))
    expect(left).toEqual(['li', 'chen'])
    expect(entered).toEqual(['wu'])
    expect(error).toEqual(new Error('no li'))
  })
})
