/** Runs a reading at most once per span however often it is asked for, and always once more after the last asking. */
export class Refetch {
  private running = false
  private wanted = false
  private last = -Infinity
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(
    private readonly run: () => Promise<void>,
    private readonly spacingMs: number,
    private readonly monotonic: () => number = () => performance.now(),
  ) {}

  ask(): void {
    this.wanted = true
    this.plan()
  }

  /** Without waiting for the span to pass: somebody asked for something else. */
  now(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    this.last = -Infinity
    this.ask()
  }

  stop(): void {
    this.wanted = false
    clearTimeout(this.timer)
    this.timer = undefined
  }

  private plan(): void {
    if (this.running || this.timer !== undefined || !this.wanted) return
    const wait = Math.max(0, this.last + this.spacingMs - this.monotonic())
    this.timer = setTimeout(() => void this.fire(), wait)
  }

  private async fire(): Promise<void> {
    this.timer = undefined
    this.wanted = false
    this.running = true
    this.last = this.monotonic()
    try {
      await this.run()
    } finally {
      this.running = false
      this.plan()
    }
  }
}
