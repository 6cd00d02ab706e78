/** Depths over time as the server packs them (JYF1): one byte a cell, each frame the difference to the one before. */
export interface Frames {
  columns: number
  rows: number
  /** Seconds after the start of the run, one for each frame. */
  seconds: number[]
  /** From the north-west, row by row; 0 dry, 255 no ground, else see {@link depthOf}. */
  bytes: Uint8Array[]
}

const HEAD = 36
const DEPTH_MAX_M = 5

/** The depth of a byte, m. */
export const depthOf = (code: number): number => (code === 255 ? NaN : ((code * code) / (254 * 254)) * DEPTH_MAX_M)

async function inflated(packed: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

/** @throws Error when the bytes are not such frames */
export async function framesOf(file: ArrayBuffer): Promise<Frames> {
  const view = new DataView(file)
  if (file.byteLength < HEAD || view.getUint32(0) !== 0x4a594631) throw new Error('not frames')
  const columns = view.getInt32(4)
  const rows = view.getInt32(8)
  const seconds: number[] = []
  const bytes: Uint8Array[] = []
  let before = new Uint8Array(columns * rows)
  for (let at = HEAD; at < file.byteLength; ) {
    const length = view.getInt32(at + 4)
    const changes = await inflated(new Uint8Array(file, at + 8, length))
    if (changes.length !== columns * rows) throw new Error('frame of another size')
    const now = new Uint8Array(columns * rows)
    for (let i = 0; i < now.length; i++) now[i] = before[i]! + changes[i]!
    seconds.push(view.getInt32(at))
    bytes.push(now)
    before = now
    at += 8 + length
  }
  return { columns, rows, seconds, bytes }
}

/** The last frame not later than that many seconds after the start; the first when there is none. */
export function frameAt(frames: Pick<Frames, 'seconds'>, second: number): number {
  let found = 0
  frames.seconds.forEach((at, index) => {
    if (at <= second) found = index
  })
  return found
}
