/** The room's clock, carried on between answers of the server at the speed of the demo. Beijing time, never the browser's zone. */
export class RoomClock {
  private constructor(
    private readonly anchor: number,
    private readonly taken: number,
    private readonly speed: number,
  ) {}

  /** @param now what the server said; @param taken monotonic milliseconds at which it said so */
  static of(now: string, taken: number, speed: number): RoomClock {
    return new RoomClock(Date.parse(now), taken, speed > 0 ? speed : 1)
  }

  /** The room's time in epoch milliseconds. */
  at(monotonic: number): number {
    return this.anchor + Math.max(0, monotonic - this.taken) * this.speed
  }

  /** An age told at the last answer, grown since. */
  grown(ageSeconds: number, monotonic: number): number {
    return ageSeconds + (Math.max(0, monotonic - this.taken) * this.speed) / 1000
  }
}

const BEIJING_MS = 8 * 3600_000

const two = (n: number) => String(n).padStart(2, '0')

/** Parts of the Beijing wall clock; UTC+8 without summer time. */
export function beijing(epochMs: number) {
  const local = new Date(epochMs + BEIJING_MS)
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    weekday: local.getUTCDay(),
    time: `${two(local.getUTCHours())}:${two(local.getUTCMinutes())}`,
    seconds: two(local.getUTCSeconds()),
  }
}

/** "02:17" or, with seconds, "02:17:43". */
export function clockTime(moment: string | number, seconds = false): string {
  const parts = beijing(typeof moment === 'number' ? moment : Date.parse(moment))
  return seconds ? `${parts.time}:${parts.seconds}` : parts.time
}

/** "4:51", from an hour on "1:04:51". Never negative. */
export function span(ms: number): string {
  const total = Math.max(0, Math.floor(ms / 1000))
  const hours = Math.floor(total / 3600)
  const minutes = Math.floor((total % 3600) / 60)
  return hours ? `${hours}:${two(minutes)}:${two(total % 60)}` : `${minutes}:${two(total % 60)}`
}

/** The address form of a minute: seconds cut off. */
export function minuteIso(epochMs: number): string {
  return new Date(Math.floor(epochMs / 60_000) * 60_000).toISOString().replace('.000Z', 'Z')
}

export function parseAt(value: unknown): number | undefined {
  const ms = typeof value === 'string' ? Date.parse(value) : NaN
  return Number.isFinite(ms) ? ms : undefined
}
