import { Circle, Fill, Icon, Stroke, Style, Text } from 'ol/style'
import type { Color } from '@/api/types'

/** Signal grounds and the ink that is readable on them; the same by day and by night. */
export const SIGNAL: Record<Exclude<Color, 'none'>, { fill: string; ink: string }> = {
  blue: { fill: '#1F6FEB', ink: '#FFFFFF' },
  yellow: { fill: '#FFD43B', ink: '#000000' },
  orange: { fill: '#FF8C1A', ink: '#000000' },
  red: { fill: '#D7141A', ink: '#FFFFFF' },
}

export interface Palette {
  ground: string
  town: string
  line: string
  outline: string
  ink: string
  halo: string
  water: string
  ring: string
  disc: string
}

/** Reads the theme's colours from the page. */
export function paletteOf(element: Element): Palette {
  const css = getComputedStyle(element)
  const value = (name: string) => css.getPropertyValue(name).trim()
  return {
    ground: value('--map-ground'),
    town: value('--map-town'),
    line: value('--line-strong'),
    outline: value('--ink-2'),
    ink: value('--ink'),
    halo: value('--map-town'),
    water: value('--water'),
    ring: value('--ink'),
    disc: value('--panel'),
  }
}

const FONT = '"Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", system-ui, sans-serif'

/** Full gauge: rain of one hour that fills the ring. */
export const FULL_MM = 60

/** Direction and gap of the hatch by level, so that the map also reads in grey. */
const HATCH: Record<Exclude<Color, 'none'>, { gap: number; both: boolean; width: number }> = {
  blue: { gap: 18, both: false, width: 1 },
  yellow: { gap: 13, both: false, width: 1.2 },
  orange: { gap: 9, both: false, width: 1.6 },
  red: { gap: 11, both: true, width: 1.6 },
}

const patterns = new Map<string, CanvasPattern | string>()

/** Ground of a town under a signal: its colour thinned over the town's own ground, with the hatch of its level. */
function hatched(color: Exclude<Color, 'none'>, palette: Palette): CanvasPattern | string {
  const key = color + palette.town
  const known = patterns.get(key)
  if (known) return known
  const { gap, both, width } = HATCH[color]
  const tile = document.createElement('canvas')
  tile.width = tile.height = gap
  const pen = tile.getContext('2d')!
  pen.fillStyle = palette.town
  pen.fillRect(0, 0, gap, gap)
  pen.globalAlpha = 0.3
  pen.fillStyle = SIGNAL[color].fill
  pen.fillRect(0, 0, gap, gap)
  pen.globalAlpha = 0.5
  pen.strokeStyle = SIGNAL[color].fill
  pen.lineWidth = width
  pen.beginPath()
  for (const shift of [-gap, 0, gap]) {
    pen.moveTo(shift, gap)
    pen.lineTo(shift + gap, 0)
    if (both) {
      pen.moveTo(shift, 0)
      pen.lineTo(shift + gap, gap)
    }
  }
  pen.stroke()
  const pattern = pen.createPattern(tile, 'repeat') ?? SIGNAL[color].fill
  patterns.set(key, pattern)
  return pattern
}

export interface TownLook {
  name: string
  signal: Color
  /** Numeral and word, for example "Ⅰ 红". */
  badge: string
  chosen: boolean
  scale: number
}

export function townStyle(look: TownLook, palette: Palette): Style {
  return new Style({
    fill: new Fill({ color: look.signal === 'none' ? palette.town : hatched(look.signal, palette) }),
    stroke: new Stroke({ color: look.chosen ? palette.ink : palette.line, width: look.chosen ? 2.5 : 1 }),
    zIndex: look.chosen ? 2 : 1,
  })
}

/** Name of the town and, under it, numeral and word of its signal. */
export function labelStyles(look: TownLook, palette: Palette): Style[] {
  const color = look.signal === 'none' ? undefined : look.signal
  const size = 13 * look.scale
  const badgeSize = look.badge.length > 4 ? size * 0.8 : size // a long word must not cover the neighbour's
  const styles = [
    new Style({
      text: new Text({
        text: look.name,
        font: `600 ${size}px ${FONT}`,
        fill: new Fill({ color: palette.ink }),
        stroke: new Stroke({ color: palette.halo, width: 3.5 }),
        offsetY: color ? -size * 0.75 : 0,
        overflow: true,
        declutterMode: 'obstacle',
      }),
      zIndex: 20,
    }),
  ]
  if (color) {
    styles.push(
      new Style({
        text: new Text({
          text: look.badge,
          font: `700 ${badgeSize}px ${FONT}`,
          fill: new Fill({ color: SIGNAL[color].ink }),
          backgroundFill: new Fill({ color: SIGNAL[color].fill }),
          backgroundStroke: new Stroke({ color: palette.ink, width: 1 }),
          padding: [2, 4, 1, 4],
          offsetY: size * 0.85,
          overflow: true,
          declutterMode: 'obstacle',
        }),
        zIndex: 21,
      }),
    )
  }
  return styles
}

export const outlineStyle = (palette: Palette): Style =>
  new Style({ stroke: new Stroke({ color: palette.outline, width: 2 }), zIndex: 5 })

export interface GaugeLook {
  h1: number
  silent: boolean
  label: string
  chosen: boolean
  scale: number
}

/** A ring filled like a glass to the rain of the last hour; a silent gauge is an empty white disc with its age. */
function glass(share: number, radius: number, palette: Palette, chosen: boolean): HTMLCanvasElement {
  const sharp = 2
  const size = Math.ceil((radius + 3) * 2)
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = size * sharp
  const pen = canvas.getContext('2d')!
  pen.scale(sharp, sharp)
  const middle = size / 2
  pen.beginPath()
  pen.arc(middle, middle, radius, 0, Math.PI * 2)
  pen.fillStyle = palette.disc
  pen.fill()
  pen.save()
  pen.clip()
  pen.fillStyle = palette.water
  const level = Math.min(1, Math.max(0, share)) * radius * 2
  pen.fillRect(0, middle + radius - level, size, level)
  pen.restore()
  pen.lineWidth = chosen ? 3 : 1.6
  pen.strokeStyle = palette.ring
  pen.stroke()
  return canvas
}

const glasses = new Map<string, HTMLCanvasElement>()

export function gaugeStyle(look: GaugeLook, palette: Palette): Style {
  const radius = 7 * look.scale
  const text = look.label
    ? new Text({
        text: look.label,
        font: `600 ${11.5 * look.scale}px ${FONT}`,
        fill: new Fill({ color: palette.ink }),
        stroke: new Stroke({ color: palette.halo, width: 3 }),
        offsetY: radius + 8 * look.scale,
        overflow: true,
        declutterMode: look.silent ? 'obstacle' : 'declutter',
      })
    : undefined
  if (look.silent) {
    const image = new Circle({
      radius,
      fill: new Fill({ color: '#FFFFFF' }),
      stroke: new Stroke({ color: '#5B6570', width: look.chosen ? 3 : 1.8, lineDash: [3, 2.5] }),
      declutterMode: 'obstacle',
    })
    return text ? new Style({ image, text, zIndex: 12 }) : new Style({ image, zIndex: 12 })
  }
  const steps = Math.round((Math.min(look.h1, FULL_MM) / FULL_MM) * 28)
  const key = [steps, radius, look.chosen, palette.disc].join()
  let canvas = glasses.get(key)
  if (!canvas) {
    canvas = glass(steps / 28, radius, palette, look.chosen)
    glasses.set(key, canvas)
  }
  const image = new Icon({ img: canvas, scale: 0.5, declutterMode: 'obstacle' })
  return text ? new Style({ image, text, zIndex: 11 }) : new Style({ image, zIndex: 11 })
}
