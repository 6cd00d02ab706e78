import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { LiveFeed, type Stream } from '@/live/feed'
import { Refetch } from '@/live/refetch'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())
const monotonic = () => Date.now()
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

describe('reading again', () => {
  it('reads three times a second at most, and the last change always', async () => {
    const run = vi.fn(async () => undefined)
    const refetch = new Refetch(run, 330, monotonic)
    for (let n = 0; n < 100; n++) {
      refetch.ask()
      await pass(10)
    }
    expect(run.mock.calls.length).toBeLessThanOrEqual(4)
    const sofar = run.mock.calls.length
    refetch.ask()
    await pass(1000)
    expect(run.mock.calls.length).toBe(sofar + 1)
    await pass(5000)
    expect(run.mock.calls.length).toBe(sofar + 1)
  })

  it('does not read twice at once, and reads again what changed meanwhile', async () => {
    let release = () => undefined as void
    const run = vi.fn(() => new Promise<void>((done) => (release = done)))
    const refetch = new Refetch(run, 330, monotonic)
    refetch.ask()
    await pass(1)
    refetch.ask()
    await pass(2000)
    expect(run).toHaveBeenCalledTimes(1)
    release()
    await pass(2000)
    expect(run).toHaveBeenCalledTimes(2)
  })

  it('goes on after a reading that failed', async () => {
    const run = vi.fn(async () => Promise.reject(new Error('gone')).catch(() => undefined))
    const refetch = new Refetch(run, 330, monotonic)
    refetch.ask()
    await pass(400)
    refetch.ask()
    await pass(400)
    expect(run).toHaveBeenCalledTimes(2)
  })
})

class FakeStream implements Stream {
  readyState = 1
  listeners = new Map<string, () => void>()
  addEventListener(kind: string, listener: () => void) {
    this.listeners.set(kind, listener)
  }
  tell(kind: 'open' | 'error' | 'changed') {
    this.listeners.get(kind)?.()
  }
  close() {
    this.readyState = 2
  }
}

describe('the live feed', () => {
  const setUp = () => {
    const streams: FakeStream[] = []
    let reachable = true
    const read = vi.fn(async () => {
      if (!reachable) throw new Error('unreachable')
    })
    const lost = vi.fn()
    const back = vi.fn()
    const open = () => streams[streams.push(new FakeStream()) - 1]!
    const feed = new LiveFeed({ read, open, monotonic, lost, back })
    feed.start()
    return { feed, streams, read, lost, back, reach: (can: boolean) => (reachable = can) }
  }

  it('reads at the start and on each change', async () => {
    const { feed, streams, read } = setUp()
    await pass(500)
    expect(read).toHaveBeenCalledTimes(1)
    streams[0]!.tell('changed')
    await pass(500)
    expect(read).toHaveBeenCalledTimes(2)
    feed.stop()
  })

  it('tells the gap only after everything has been read again', async () => {
    const { feed, streams, lost, back, reach } = setUp()
    await pass(500)
    reach(false)
    streams[0]!.tell('error')
    expect(lost).toHaveBeenCalledTimes(1)
    await pass(12_000)
    expect(back).not.toHaveBeenCalled()
    reach(true)
    streams[0]!.tell('open')
    await pass(500)
    expect(back).toHaveBeenCalledTimes(1)
    expect(back.mock.calls[0]![0]).toBeGreaterThanOrEqual(12_000)
    expect(lost).toHaveBeenCalledTimes(1)
    feed.stop()
  })

  it('opens a new stream when the browser has given up the old one', async () => {
    const { feed, streams } = setUp()
    streams[0]!.readyState = 2
    streams[0]!.tell('error')
    await pass(1100)
    expect(streams).toHaveLength(2)
    streams[1]!.readyState = 2
    streams[1]!.tell('error')
    await pass(1100)
    expect(streams).toHaveLength(2)
    await pass(1000)
    expect(streams).toHaveLength(3)
    feed.stop()
  })

  it('proves a quiet line by a reading', async () => {
    const { feed, read } = setUp()
    await pass(500)
    await pass(26_000)
    expect(read).toHaveBeenCalledTimes(2)
    feed.stop()
  })

  it('is silent after it was stopped', async () => {
    const { feed, streams, read, lost } = setUp()
    await pass(500)
    feed.stop()
    streams[0]!.tell('error')
    await pass(60_000)
    expect(read).toHaveBeenCalledTimes(1)
    expect(lost).not.toHaveBeenCalled()
  })
})
