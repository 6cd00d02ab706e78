import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { ForecastRun, ForecastSite } from '@/api/types'
import { classOf, colourTable, paint } from '@/foresee/depths'
import { depthOf, frameAt, framesOf } from '@/foresee/frames'
import { curve, curveTop, depthAt, runFor, silent, trouble } from '@/foresee/runs'

const MIN = 60_000
const T = Date.parse('2026-07-11T16:00:00Z')

function run(minute: number, more: Partial<ForecastRun> = {}): ForecastRun {
  const iso = (at: number) => new Date(T + at * MIN).toISOString()
  return {
    run: `F${minute}`, what_if: { rain_percent: 100, pumps_off: false, tide_milli: 0, similar_storm: false }, live: true, by: '', asked_at: iso(minute),
    start: iso(minute), until: iso(minute + 120), deadline: iso(minute + 9), state: 'made', why: '', from: 'state', state_at: iso(minute - 20), cells: 1, wall_ms: 1,
    gauges: 1, rain_max_mm: 1, rain_mean_mm: 1, flooded: 0, deepest_mm: 0, ended_at: iso(minute + 1), ...more,
  } // prettier-ignore
}

function file(frames: number[][], columns: number, rows: number): ArrayBuffer {
  const head = Buffer.alloc(36)
  head.write('JYF1')
  head.writeInt32BE(columns, 4)
  head.writeInt32BE(rows, 8)
  let before = new Array(columns * rows).fill(0)
  const parts = [head]
  frames.forEach((frame, k) => {
    const packed = deflateSync(Uint8Array.from(frame, (value, i) => value - before[i]))
    const mark = Buffer.alloc(8)
    mark.writeInt32BE(k * 300, 0)
    mark.writeInt32BE(packed.length, 4)
    parts.push(mark, packed)
    before = frame
  })
  const all = Buffer.concat(parts)
  return all.buffer.slice(all.byteOffset, all.byteOffset + all.length) as ArrayBuffer
}

describe('frames', () => {
  it('are read as differences to the one before, modulo 256', async () => {
    const frames = await framesOf(file([[0, 10, 254, 255], [5, 0, 254, 255]], 2, 2))
    expect([frames.columns, frames.rows, frames.seconds]).toEqual([2, 2, [0, 300]])
    expect(frames.bytes.map((one) => [...one])).toEqual([[0, 10, 254, 255], [5, 0, 254, 255]])
  })

  it('that are none are refused', async () => {
    await expect(framesOf(new ArrayBuffer(40))).rejects.toThrow('not frames')
  })

  it('are found by the second of the run', () => {
    const frames = { seconds: [0, 300, 600] }
    expect([-5, 0, 299, 300, 9999].map((second) => frameAt(frames, second))).toEqual([0, 0, 0, 1, 2])
  })
})

describe('depths', () => {
  it('have the classes at which a street changes its use', () => {
    expect([0.04, 0.05, 0.15, 0.27, 0.5, 1, 2, 5].map(classOf)).toEqual([-1, 0, 1, 2, 3, 4, 5, 5])
    expect(depthOf(254)).toBe(5)
    expect(depthOf(255)).toBeNaN()
  })

  it('below the first class and missing ground are not painted', () => {
    const table = colourTable(false)
    const into = new Uint32Array(3)
    paint(Uint8Array.from([0, 255, 200]), table, into)
    expect([into[0], into[1]]).toEqual([0, 0])
    expect(into[2]! >>> 24).toBeGreaterThan(0)
    expect(colourTable(true)[200]).not.toBe(table[200])
  })
})

describe('the run that speaks of a moment', () => {
  const runs = [run(0), run(10), run(20), run(30, { state: 'failed' }), run(40), run(40, { run: 'W', live: false })]
  const at = (minute: number) => T + minute * MIN

  it('is the latest forecast for the present and the future', () => {
    expect(runFor(runs, at(60), at(45), 'came', 0)?.run).toBe('F40')
  })

  it('is the last that began before a moment of the past', () => {
    expect(runFor(runs, at(35), at(45), 'came', 0)?.run).toBe('F20')
  })

  it('is the one of so long before when it is asked what was forecast then', () => {
    expect(runFor(runs, at(40), at(45), 'then', 30 * MIN)?.run).toBe('F10')
    expect(runFor(runs, at(20), at(45), 'then', 30 * MIN)).toBeUndefined()
  })
})

describe('trouble', () => {
  const now = T + 45 * MIN

  it('is a last forecast that failed, though an earlier one came', () => {
    expect(trouble([run(30), run(40, { state: 'failed', why: 'memory' })], 10, now)).toMatchObject({ kind: 'failed', run: { why: 'memory' } })
  })

  it('is a last forecast that is older than two turns', () => {
    expect(trouble([run(20)], 10, now)).toMatchObject({ kind: 'old', minutes: 25 })
    expect(trouble([run(30)], 10, now)).toBeUndefined()
  })

  it('is a room in which none ever came; cases that were tried do not count', () => {
    expect(trouble([run(40, { live: false })], 10, now)).toEqual({ kind: 'none' })
    expect(trouble([run(40), run(41, { live: false, state: 'failed' })], 10, now)).toBeUndefined()
  })
})

describe('a site', () => {
  const site = { depths_mm: [0, 100, 300] } as ForecastSite

  it('has the depth of the step that the moment lies in', () => {
    expect([-1, 0, 4, 5, 12, 99].map((minute) => depthAt(site, run(0), 5, T + minute * MIN))).toEqual([0, 0, 0, 100, 300, 300])
  })

  it('shows its first or last step where its run says nothing of the moment', () => {
    expect([-1, 0, 119, 124, 125].map((minute) => silent(run(0), 5, T + minute * MIN))).toEqual([true, false, false, false, true])
  })

  it('is drawn to the height of its deepest water, at least 60 cm', () => {
    expect([curveTop(site), curveTop({ depths_mm: [900, 1500, 1200] } as ForecastSite)]).toEqual([600, 1500])
  })

  it('is drawn as a curve that stays in its box', () => {
    expect(curve([0, 300, 1200], 600)).toBe('0.0,24.0 50.0,12.5 100.0,1.0')
  })
})
