/** A drawn polygon as the server reads it: {@code lon,lat;lon,lat;...} in degrees, to about a metre. */
export const polygonText = (corners: readonly (readonly [number, number])[]): string =>
  corners.map(([lon, lat]) => `${lon.toFixed(5)},${lat.toFixed(5)}`).join(';')

/** Its corners; none of an empty text. */
export const readPolygon = (text: string): [number, number][] =>
  text ? text.split(';').map((corner) => corner.split(',').map(Number) as [number, number]) : []
