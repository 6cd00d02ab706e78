/** Too quick a second press is a slip of the finger, not a decision. */
export const GUARD_MS = 350
export const PATIENCE_MS = 8000

/** Nothing goes outward on one press: the deed is armed first, and a second, separate press confirms it. */
export class TwoStep<T> {
  private armed: { deed: T; at: number } | undefined

  constructor(private readonly monotonic: () => number = () => performance.now()) {}

  arm(deed: T): void {
    this.armed = { deed, at: this.monotonic() }
  }

  cancel(): void {
    this.armed = undefined
  }

  /** What is waiting for the second press, if it still counts. */
  get waiting(): T | undefined {
    return this.armed && this.monotonic() - this.armed.at < PATIENCE_MS ? this.armed.deed : undefined
  }

  /** The deed, once, when the second press comes neither too early nor too late. */
  confirm(): T | undefined {
    const deed = this.waiting
    if (!this.armed || deed === undefined || this.monotonic() - this.armed.at < GUARD_MS) return undefined
    this.armed = undefined
    return deed
  }
}
