import type { AlarmKind } from './alarms'

/** One tone: start in seconds, frequency in Hz, length in seconds. */
type Tone = [start: number, hz: number, length: number, wave: OscillatorType]

const LOST: Tone[] = [
  [0, 440, 0.6, 'sawtooth'],
  [0.6, 311, 0.9, 'sawtooth'],
]

/** Rising pair = new signal; three short knocks = person overdue; long falling = data or system lost. */
const TUNES: Record<AlarmKind, Tone[]> = {
  signal: [
    [0, 660, 0.28, 'triangle'],
    [0.3, 990, 0.42, 'triangle'],
    [0.9, 660, 0.28, 'triangle'],
    [1.2, 990, 0.42, 'triangle'],
  ],
  overdue: [
    [0, 880, 0.11, 'square'],
    [0.18, 880, 0.11, 'square'],
    [0.36, 880, 0.11, 'square'],
    [0.9, 880, 0.11, 'square'],
    [1.08, 880, 0.11, 'square'],
    [1.26, 880, 0.11, 'square'],
  ],
  lost: LOST,
  out: LOST,
}

const REPEAT_MS = 4000

/** The speaker of this page. Browsers keep it mute until somebody presses something here. */
export class Sounder {
  private context: AudioContext | undefined
  private repeat: ReturnType<typeof setInterval> | undefined

  get ready(): boolean {
    return this.context?.state === 'running'
  }

  /** Call from a press of key or pointer. */
  async unlock(): Promise<boolean> {
    this.context ??= new AudioContext()
    await this.context.resume()
    return this.ready
  }

  play(kind: AlarmKind): void {
    const context = this.context
    if (!context) return
    for (const [start, hz, length, wave] of TUNES[kind]) {
      const from = context.currentTime + 0.02 + start
      const tone = context.createOscillator()
      const loudness = context.createGain()
      tone.type = wave
      tone.frequency.value = hz
      loudness.gain.setValueAtTime(0, from)
      loudness.gain.linearRampToValueAtTime(wave === 'triangle' ? 0.5 : 0.22, from + 0.015)
      loudness.gain.setValueAtTime(wave === 'triangle' ? 0.5 : 0.22, from + length - 0.04)
      loudness.gain.linearRampToValueAtTime(0, from + length)
      tone.connect(loudness).connect(context.destination)
      tone.start(from)
      tone.stop(from + length)
    }
  }

  /** Sounds until {@link hush}. */
  alarm(kind: AlarmKind): void {
    clearInterval(this.repeat)
    this.play(kind)
    this.repeat = setInterval(() => this.play(kind), REPEAT_MS)
  }

  hush(): void {
    clearInterval(this.repeat)
    this.repeat = undefined
  }
}
