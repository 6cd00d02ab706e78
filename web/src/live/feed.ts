import { Refetch } from './refetch'

/** The part of EventSource that the feed uses. */
export interface Stream {
  addEventListener(kind: 'open' | 'error' | 'changed', listener: () => void): void
  close(): void
  readonly readyState: number
}

export interface FeedDeps {
  /** Reads the present state; rejects when the server cannot be reached. */
  read: () => Promise<void>
  open: () => Stream
  monotonic: () => number
  /** The contact was lost at this instant, or is back after a gap of so many milliseconds. */
  lost: () => void
  back: (gapMs: number) => void
}

const CLOSED = 2
const SPACING_MS = 330
const QUIET_MS = 20_000
const REOPEN_MS = [1000, 2000, 5000]

/**
 * Keeps the screen at the present: each change told by the stream is read (about three times a second at most, the last one
 * always), and after a break the state is read again before the gap is shown as closed. Heartbeats of the stream cannot be
 * seen by a page, so that a line that is silent for 20 s is proved by a reading.
 */
export class LiveFeed {
  private stream: Stream | undefined
  private readonly refetch: Refetch
  private brokenAt: number | undefined
  private heardAt: number
  private reopenings = 0
  private reopenTimer: ReturnType<typeof setTimeout> | undefined
  private quietTimer: ReturnType<typeof setInterval> | undefined
  private stopped = false

  constructor(private readonly deps: FeedDeps) {
    this.heardAt = deps.monotonic()
    this.refetch = new Refetch(() => this.readNow(), SPACING_MS, deps.monotonic)
  }

  start(): void {
    this.connect()
    this.refetch.ask()
    this.quietTimer = setInterval(() => this.proveLine(), 5000)
  }

  /** Something was done here: read soon, without waiting for the stream. */
  nudge(): void {
    this.refetch.ask()
  }

  stop(): void {
    this.stopped = true
    this.stream?.close()
    this.refetch.stop()
    clearTimeout(this.reopenTimer)
    clearInterval(this.quietTimer)
  }

  private connect(): void {
    const stream = this.deps.open()
    this.stream = stream
    stream.addEventListener('open', () => {
      this.reopenings = 0
      this.refetch.ask()
    })
    stream.addEventListener('changed', () => this.refetch.ask())
    stream.addEventListener('error', () => this.onError(stream))
  }

  private onError(stream: Stream): void {
    if (this.stopped || stream !== this.stream) return
    this.markBroken()
    if (stream.readyState !== CLOSED || this.reopenTimer !== undefined) return
    const wait = REOPEN_MS[Math.min(this.reopenings++, REOPEN_MS.length - 1)]
    this.reopenTimer = setTimeout(() => {
      this.reopenTimer = undefined
      this.connect()
    }, wait)
  }

  private proveLine(): void {
    if (this.brokenAt !== undefined || this.deps.monotonic() - this.heardAt > QUIET_MS) this.refetch.ask()
  }

  private async readNow(): Promise<void> {
    try {
      await this.deps.read()
    } catch {
      this.markBroken()
      return
    }
    if (this.stopped) return
    this.heardAt = this.deps.monotonic()
    if (this.brokenAt === undefined) return
    const gap = this.heardAt - this.brokenAt
    this.brokenAt = undefined
    this.deps.back(gap)
  }

  private markBroken(): void {
    if (this.brokenAt !== undefined || this.stopped) return
    this.brokenAt = this.deps.monotonic()
    this.deps.lost()
  }
}
