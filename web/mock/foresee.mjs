// Made-up forecasts for the stand-in server: a wet basin that fills and drains, five sites, two cases, one failed run.
import { deflateSync } from 'node:zlib'

const BOX = { west: 120.984, south: 30.646, east: 121.0676, north: 30.7179, cell_m: 20 }
const HORIZON_MIN = 120
const PLAN = { ground: '示意圩区', synthetic: true, every_min: 10, horizon_min: HORIZON_MIN, step_min: 5, deadline_min: 9, half_life_min: 60, flood_mm: 150 }
const LIVE = { rain_percent: 100, pumps_off: false, tide_milli: 0, similar_storm: false }
const SITES = [
  ['S01', '当湖示例下穿通道1号', 'underpass', '当湖街道', 121.0214, 30.6898, 900],
  ['S03', '洁芳社区低洼片区（示意）', 'low-lying-community', '当湖街道', 121.0302, 30.6752, 420],
  ['S02', '当湖示例下穿通道2号', 'underpass', '当湖街道', 121.0452, 30.6755, 330],
  ['S04', '当湖示例小学', 'school', '当湖街道', 121.034, 30.6831, 90],
  ['S09', '钟埭示例养老院', 'nursing-home', '钟埭街道', 120.999, 30.6702, 40],
]

export const ground = { noGround: false, broken: false, columns: 400, rows: 400, count: HORIZON_MIN / 5 + 1, step_min: 5 }

const iso = (ms) => new Date(ms).toISOString()
/** How wet it is, 0 to 1, at a moment: a wave of two hours. */
const wet = (ms) => (0.25 + 0.75 * Math.abs(Math.sin((ms / 7_200_000) * Math.PI))) ** 1.5

function run(start, more = {}) {
  const what = { ...LIVE, ...more.what_if }
  const scale = (what.rain_percent / 100) * (what.pumps_off ? 1.6 : 1)
  const sites = SITES.map(([id, name, kind, area, lon, lat, most]) => {
    const depths = Array.from({ length: HORIZON_MIN / ground.step_min + 1 }, (_, i) => Math.round(most * scale * wet(start + i * ground.step_min * 60_000)))
    const peak = Math.max(...depths)
    const flood = depths.findIndex((depth) => depth >= PLAN.flood_mm)
    const at = (i) => iso(start + i * ground.step_min * 60_000)
    return { id, name, kind, area: '330482001', area_name: area, lon, lat, depths_mm: depths, peak_mm: peak, peak_at: at(depths.indexOf(peak)), floods_at: flood < 0 ? null : at(flood) }
  }).sort((a, b) => (a.floods_at ?? '9').localeCompare(b.floods_at ?? '9') || b.peak_mm - a.peak_mm)
  return {
    row: {
      run: `F${start / 60_000}${more.name ?? ''}`, what_if: what, live: !more.what_if, by: more.by ?? '', asked_at: iso(start + 3000), start: iso(start),
      until: iso(start + HORIZON_MIN * 60_000), deadline: iso(start + 543_000), state: more.state ?? 'made', why: more.why ?? '', from: 'state',
      state_at: iso(start - 1_200_000), cells: 160_000, wall_ms: 2350, gauges: 34, rain_max_mm: 38.4, rain_mean_mm: 21.7,
      flooded: sites.filter((site) => site.floods_at).length, deepest_mm: Math.max(...sites.map((site) => site.peak_mm)), ended_at: iso(start + 6000),
    },
    sites,
  }
}

function runs(now) {
  const step = PLAN.every_min * 60_000
  const last = Math.floor(now / step) * step
  const live = Array.from({ length: 36 }, (_, i) => run(last - i * step, i === 4 ? { state: 'failed', why: '内存不足' } : {}))
  const cases = [
    run(last, { name: 'b', what_if: { ...LIVE, pumps_off: true }, by: '王示一' }),
    run(last, { name: 'c', what_if: { ...LIVE, similar_storm: true }, by: '王示一', state: 'failed', why: '近 60 天的记录中没有相似的降雨' }),
  ]
  return [...cases, ...live]
}

const share = (part, whole) => (whole ? part / whole : null)
const skill = (basis, lead, h, m, f, bias) => ({ lead_min: lead, basis, hits: h, misses: m, false_alarms: f, calm: 120, pod: share(h, h + m), far: share(f, h + f), bias_mm: bias })


/** Frames as the server packs them. */
export function frames(start, { columns, rows, count } = ground) {
  const head = Buffer.alloc(36)
  head.write('JYF1')
  head.writeInt32BE(columns, 4)
  head.writeInt32BE(rows, 8)
  const parts = [head]
  let before = new Uint8Array(columns * rows)
  for (let k = 0; k < count; k++) {
    const level = wet(start + k * ground.step_min * 60_000)
    const now = new Uint8Array(columns * rows)
    for (let i = 0; i < now.length; i++) {
      const x = (i % columns) / columns
      const y = Math.floor(i / columns) / rows
      const bed = 0.55 + 0.3 * Math.sin(x * 21 + k * 0.02) * Math.cos(y * 17) + 0.15 * Math.sin(x * 83) * Math.sin(y * 71)
      now[i] = Math.max(0, Math.min(254, Math.round(190 * (level - bed))))
    }
    const packed = deflateSync(now.map((value, i) => value - before[i]))
    const mark = Buffer.alloc(8)
    mark.writeInt32BE(k * ground.step_min * 60, 0)
    mark.writeInt32BE(packed.length, 4)
    parts.push(mark, packed)
    before = now
  }
  return Buffer.concat(parts)
}

/** What the stand-in answers, or undefined. */
export function foresee(path, at, now) {
  if (path === '/api/forecasts') {
    const all = ground.noGround ? [] : runs(at).filter((one) => Date.parse(one.row.ended_at) <= Math.max(at, now - 1e15))
    if (ground.broken) Object.assign(all[2].row, { state: 'failed', why: '内存不足' })
    return {
      at: iso(at), plan: ground.noGround ? null : { ...PLAN, step_min: ground.step_min }, box: ground.noGround ? null : BOX, next: iso(at + 300_000), failures: ground.broken ? 2 : 0,
      runs: all.map((one) => one.row), maps: true,
      skill: [skill('gauge', 30, 9, 1, 2, 12), skill('gauge', 60, 7, 3, 4, 31), skill('model', 30, 41, 3, 5, 8), skill('model', 60, 37, 7, 9, 21), skill('model', 90, 30, 12, 14, 35), skill('model', 120, 22, 19, 17, -12)],
      expected: [{ area: '330482001', name: '当湖街道', color: 'red' }, { area: '330482003', name: '钟埭街道', color: 'yellow' }],
    }
  }
  const wanted = /^\/api\/forecasts\/F(\d+)([bc]?)(\/frames)?$/.exec(path)
  if (!wanted) return undefined
  const start = Number(wanted[1]) * 60_000
  if (wanted[3]) return frames(start)
  const found = run(start, wanted[2] === 'b' ? { name: 'b', what_if: { ...LIVE, pumps_off: true }, by: '王示一' } : {})
  return { run: found.row, step_min: ground.step_min, sites: found.sites }
}
