/** Point in the plane of the map. */
export type Place = [number, number]

const STEPS = 28

/**
 * Where a town's name disturbs least: the point of a grid over the town that keeps most room to the marks and to the border.
 *
 * @param extent   minX, minY, maxX, maxY of the town
 * @param inside   whether a point lies in the town
 * @param nearest  distance to the town's border
 * @param wide     a label is about this many times wider than high, so that sideways neighbours count as nearer
 */
export function labelPlace(
  extent: readonly [number, number, number, number],
  inside: (at: Place) => boolean,
  nearest: (at: Place) => number,
  marks: readonly Place[],
  wide: number,
): Place {
  const [minX, minY, maxX, maxY] = extent
  let best: Place = [(minX + maxX) / 2, (minY + maxY) / 2]
  let most = -Infinity
  for (let i = 1; i < STEPS; i++)
    for (let j = 1; j < STEPS; j++) {
      const at: Place = [minX + ((maxX - minX) * i) / STEPS, minY + ((maxY - minY) * j) / STEPS]
      if (!inside(at)) continue
      const free = Math.min(...marks.map((mark) => Math.hypot((at[0] - mark[0]) / wide, at[1] - mark[1])), nearest(at) * 0.9)
      if (free > most) {
        most = free
        best = at
      }
    }
  return best
}
