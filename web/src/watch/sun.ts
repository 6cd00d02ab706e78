const rad = Math.PI / 180

/** Height of the sun's centre above the horizon in degrees, good to about half a degree. */
export function sunHeight(epochMs: number, lon: number, lat: number): number {
  const days = epochMs / 86_400_000 - 10957.5 // since 2000-01-01T12:00Z
  const anomaly = (357.529 + 0.98560028 * days) * rad
  const mean = 280.459 + 0.98564736 * days
  const ecliptic = (mean + 1.915 * Math.sin(anomaly) + 0.02 * Math.sin(2 * anomaly)) * rad
  const tilt = 23.439 * rad
  const declination = Math.asin(Math.sin(tilt) * Math.sin(ecliptic))
  const ascension = Math.atan2(Math.cos(tilt) * Math.sin(ecliptic), Math.cos(ecliptic))
  const sidereal = (280.46062 + 360.98564737 * days + lon) * rad
  const hourAngle = sidereal - ascension
  const sine =
    Math.sin(lat * rad) * Math.sin(declination) + Math.cos(lat * rad) * Math.cos(declination) * Math.cos(hourAngle)
  return Math.asin(sine) / rad
}

/** Whether the sun is down at Pinghu. */
export const isNight = (epochMs: number, lon = 121.02, lat = 30.69): boolean => sunHeight(epochMs, lon, lat) < -0.83
