import { depthOf } from './frames'

/** Classes of depth, m, with a colour each: where a street changes its use. The same by day and by night. */
export const CLASSES = [
  { from: 0.05, rgb: [0xc6, 0xdb, 0xef] },
  { from: 0.15, rgb: [0x9e, 0xca, 0xe1] },
  { from: 0.27, rgb: [0x6b, 0xae, 0xd6] },
  { from: 0.5, rgb: [0x31, 0x82, 0xbd] },
  { from: 1, rgb: [0x08, 0x51, 0x9c] },
  { from: 2, rgb: [0x54, 0x27, 0x8f] },
] as const

/** From here on water reads as deep on the dark ground of the night, where light blues would shine most. */
const NIGHT_RGB = [
  [0x2c, 0x4f, 0x6e],
  [0x2f, 0x6f, 0x9f],
  [0x3f, 0x95, 0xd0],
  [0x6f, 0xbc, 0xef],
  [0xa9, 0xd8, 0xff],
  [0xd9, 0xb8, 0xff],
] as const

export const classRgb = (index: number, night: boolean): readonly number[] => (night ? NIGHT_RGB[index]! : CLASSES[index]!.rgb)

/** The class of a depth, or -1 below the first. */
export function classOf(depth_m: number): number {
  let found = -1
  CLASSES.forEach((one, index) => {
    if (depth_m >= one.from) found = index
  })
  return found
}

/** Colours of all bytes as little-endian RGBA; below the first class nothing is drawn. */
export function colourTable(night: boolean): Uint32Array {
  const table = new Uint32Array(256)
  for (let code = 1; code < 255; code++) {
    const at = classOf(depthOf(code))
    if (at < 0) continue
    const [r, g, b] = classRgb(at, night)
    table[code] = (0xd8 << 24) | (b! << 16) | (g! << 8) | r!
  }
  return table
}

/** Paints a frame through the table. */
export function paint(frame: Uint8Array, table: Uint32Array, into: Uint32Array): void {
  for (let i = 0; i < frame.length; i++) into[i] = table[frame[i]!]!
}
