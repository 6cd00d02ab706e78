/** Longitude and latitude in degrees. */
export type Spot = [number, number]

export function spotOf(text: string): Spot | undefined {
  const parts = text.split(',').map(Number)
  return parts.length === 2 && parts.every(Number.isFinite) && Math.abs(parts[0]!) <= 180 && Math.abs(parts[1]!) <= 90 ? [parts[0]!, parts[1]!] : undefined
}

interface Ring {
  coordinates: unknown
  type: string
}

/** The outer and inner rings of polygons; other shapes have none. */
export function ringsOf(geometry: Ring | null | undefined): Spot[][] {
  if (geometry?.type === 'Polygon') return geometry.coordinates as Spot[][]
  if (geometry?.type === 'MultiPolygon') return (geometry.coordinates as Spot[][][]).flat()
  return []
}

/** Degrees to a place in the box; {@code back} the other way. */
export type Projector = ((spot: Spot) => Spot) & { back: (spot: Spot) => Spot }

/** Puts degrees into a box so that everything fits and a kilometre is as wide as it is high. */
export function projector(spots: Spot[], width: number, height: number, margin = 16): Projector {
  if (!spots.length) return Object.assign((): Spot => [width / 2, height / 2], { back: (): Spot => [0, 0] })
  const lons = spots.map((spot) => spot[0])
  const lats = spots.map((spot) => spot[1])
  const [west, east] = [Math.min(...lons), Math.max(...lons)]
  const [south, north] = [Math.min(...lats), Math.max(...lats)]
  const shrink = Math.cos((((south + north) / 2) * Math.PI) / 180)
  const scale = Math.min((width - 2 * margin) / Math.max(1e-6, (east - west) * shrink), (height - 2 * margin) / Math.max(1e-6, north - south))
  const left = (width - (east - west) * shrink * scale) / 2
  const top = (height - (north - south) * scale) / 2
  return Object.assign(([lon, lat]: Spot): Spot => [left + (lon - west) * shrink * scale, top + (north - lat) * scale], {
    back: ([x, y]: Spot): Spot => [west + (x - left) / (shrink * scale), north - (y - top) / scale],
  })
}
