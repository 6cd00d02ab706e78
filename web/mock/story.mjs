// A night in the sample city, made up: rain, signals, calls and answers as a function of the minute, so that any minute can be asked for.
import { readFileSync } from 'node:fs'

export const START = Date.parse('2026-07-11T16:30:00Z') // 00:30 Beijing
const MIN = 60_000
const read = (name) => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'))

export const map = read('./map.json')
const towns = map.features.filter((f) => f.properties.kind !== 'outline').map((f) => f.properties)
const townName = Object.fromEntries(towns.map((town) => [town.code, town.name]))
const SHORT = Object.fromEntries(towns.map((town) => [town.code, town.name.replace(/街道|镇$/, '')]))

function dice(seed) {
  let a = seed >>> 0
  return () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const centre = {
  330482001: [121.03, 30.69], 330482002: [121.01, 30.74], 330482003: [120.98, 30.66], 330482101: [121.1, 30.62], 330482102: [121.09, 30.81],
  330482103: [121.2, 30.75], 330482106: [121.12, 30.75], 330482107: [121.09, 30.68], 330482108: [121.19, 30.7],
}
const PLACES = ['水利站', '排涝站', '闸口']
const roll = dice(7)
export const stations = towns.flatMap((town) =>
  PLACES.map((place, n) => {
    const [lon, lat] = centre[town.code]
    return {
      id: `H${town.code.slice(-3)}${n}`, name: SHORT[town.code] + place, area: town.code,
      lon: +(lon + (n - 1) * 0.024 + (roll() - 0.5) * 0.012).toFixed(4), lat: +(lat + (roll() - 0.5) * 0.034).toFixed(4),
      gain: 0.75 + roll() * 0.5,
    }
  }),
)
const HEAVY = { 330482101: 1, 330482108: 0.95, 330482107: 0.7, 330482103: 0.55, 330482106: 0.35, 330482001: 0.4, 330482003: 0.42, 330482002: 0.25, 330482102: 0.16 }

/** mm per minute of a station at a minute of the story. */
function rate(station, minute) {
  const bell = (at, wide, high) => high * Math.exp(-(((minute - at) / wide) ** 2))
  const wave = 0.75 + 0.25 * Math.sin(minute / 3 + station.lon * 400)
  return Math.max(0, (bell(-150, 40, 0.12) + bell(45, 26, 1.15) + bell(95, 30, 0.9)) * HEAVY[station.area] * station.gain * wave)
}
const FIRST = -24 * 60
const tables = new Map(stations.map((station) => {
  const sums = [0]
  for (let minute = FIRST; minute < 300; minute++) sums.push(sums.at(-1) + rate(station, minute))
  return [station.id, sums]
}))
const DEAD = new Map([['H1020', 22], ['H0031', 41]]) // silent since this minute
const minuteOf = (at) => Math.floor((at - START) / MIN)
function sum(station, minute, hours) {
  const sums = tables.get(station.id)
  const end = Math.min(minute, DEAD.get(station.id) ?? Infinity) - FIRST
  const from = Math.max(0, minute - hours * 60 - FIRST)
  return Math.max(0, +(sums[Math.max(0, Math.min(end, sums.length - 1))] - sums[Math.min(from, sums.length - 1)]).toFixed(1))
}
const sums = (station, minute) => ({ h1: sum(station, minute, 1), h3: sum(station, minute, 3), h6: sum(station, minute, 6), h12: sum(station, minute, 12), h24: sum(station, minute, 24) })
const iso = (at) => new Date(at).toISOString()
const RANK = { none: 0, blue: 1, yellow: 2, orange: 3, red: 4 }
const ISSUES = [
  [18, '330482101', 'yellow'], [21, '330482108', 'yellow'], [29, '330482101', 'orange'], [31, '330482108', 'orange'], [34, '330482107', 'yellow'],
  [40, '330482103', 'blue'], [44, '330482107', 'orange'], [47, '330482101', 'red'], [49, '330482108', 'red'], [52, '330482103', 'yellow'],
  [56, '330482003', 'blue'], [58, '330482001', 'blue'],
]
const LIFTS = [[170, '330482003'], [175, '330482001'], [180, '330482103'], [185, '330482107'], [190, '330482101'], [192, '330482108']]
const WORD = { blue: '蓝色', yellow: '黄色', orange: '橙色', red: '红色' }

const POSTS = ['镇防汛责任人', '村党组织书记', '村防汛责任人', '泵站管理员', '社区网格长', '地下通道责任人', '小学值守人', '养老院负责人']
const FAMILY = [...'王李张刘陈杨黄周吴徐孙朱马胡郭何高林罗郑']
const GIVEN = ['示一', '示二', '示三', '示四', '示五', '示六', '示七', '示八', '示九', '示十', '示甲', '示乙', '示丙', '示丁', '示戊', '示己', '示庚', '示辛', '示壬', '示癸']
const VILLAGES = ['南湾村', '赵家桥村', '海塘村', '新港社区', '金桥村', '白沙湾社区', '塘浜村', '长丰村', '向阳社区', '北塘村', '瓦山社区', '虹霓村']
const STEP = [0, 1.5, 3, 4.5, 6]
const order = (minute, area, color, count, seed) => ({ id: `o-${area}-${minute}`, minute, area, color, count, seed })
const ORDERS = [order(30, '330482101', 'orange', 13, 11), order(32, '330482108', 'orange', 12, 12), order(45, '330482107', 'orange', 10, 13)]
const STUBBORN = { 11: [9], 12: [4, 7], 13: [3] }
const callees = ORDERS.flatMap((one) => {
  const roll = dice(one.seed)
  return Array.from({ length: one.count }, (_, n) => {
    const stubborn = STUBBORN[one.seed].includes(n)
    const town = n === 0
    const after = stubborn ? 22 + n : 0.3 + roll() ** 2.6 * 9
    return {
      order: one, person: `p${one.seed}-${n}`, name: FAMILY[Math.floor(roll() * 20)] + GIVEN[(n * 3 + one.seed) % 20],
      post: town ? POSTS[0] : POSTS[1 + Math.floor(roll() * 7)], body: town ? townName[one.area] + '人民政府' : `${SHORT[one.area]}${VILLAGES[(n + one.seed) % 12]}村民委员会`.replace('社区村民', '社区居民'),
      village: town ? townName[one.area] : townName[one.area] + VILLAGES[(n + one.seed) % 12],
      answers: one.minute + after, desk: stubborn && n === 9, deputy: FAMILY[(n + 5) % 20] + GIVEN[(n * 7 + 2) % 20], more: n % 4 === 1 ? 1 : 0,
    }
  })
})

/** What the visitor did: {at, deed, ...fields}. */
export const done = []
const actOf = (callee, deed, at) => done.filter((d) => d.deed === deed && d.order === callee.order.id && d.person === callee.person && d.at <= at)
function settledAt(callee, at) {
  const desk = actOf(callee, 'reached-by-desk', at)[0] ?? actOf(callee, 'answer', at)[0]
  const own = START + callee.answers * MIN
  return Math.min(desk?.at ?? Infinity, own)
}

function attemptsOf(callee, at) {
  const began = START + callee.order.minute * MIN
  const end = Math.min(at, settledAt(callee, at))
  const boost = actOf(callee, 'escalate', at).length
  const list = []
  STEP.forEach((minutes, n) => {
    const planned = began + Math.max(0, minutes - boost * 1.5) * MIN
    if (planned > end) return
    const channel = n % 2 ? 'voice' : 'text'
    const state = planned + 30_000 > end ? 'submitted' : channel === 'text' ? 'delivered' : n === 1 ? 'no-answer' : 'heard-to-end'
    list.push({ channel, to: n < 3 ? callee.name : callee.deputy, round: Math.floor(n / 2) + 1, planned_at: iso(planned), submitted_at: iso(planned + 2000), state, detail: '' })
  })
  for (const again of actOf(callee, 'call-again', at)) list.push({ channel: 'voice', to: callee.name, round: 3, planned_at: iso(again.at), submitted_at: iso(again.at + 1000), state: 'submitted', detail: '' })
  return list.sort((a, b) => a.planned_at.localeCompare(b.planned_at))
}

function silentRow(callee, at) {
  const began = START + callee.order.minute * MIN
  const attempts = attemptsOf(callee, at)
  const last = attempts.at(-1)
  const boost = actOf(callee, 'escalate', at).length
  const coming = STEP.map((minutes) => began + Math.max(0, minutes - boost * 1.5) * MIN).find((planned) => planned > at)
  const officer = began + (7.5 - boost * 1.5) * MIN
  const next = coming ? { what: coming - began < 4 * MIN ? 'self' : 'deputy', name: coming - began < 4 * MIN ? callee.name : callee.deputy, at: iso(coming) } : officer > at ? { what: 'officer', name: '', at: iso(officer) } : null
  const duties = [{ duty: callee.post, area_name: callee.village }]
  if (callee.more) duties.push({ duty: '泵站管理员', area_name: townName[callee.order.area] })
  return {
    order: callee.order.id, person: callee.person, name: callee.name, post: callee.post, body: callee.body, area: callee.order.area, area_name: callee.village,
    color: colorOf(callee.order, at), since: iso(began), state: next ? 'calling' : 'exhausted', round: Math.min(3, last?.round ?? 1), rounds: 3,
    last: last ? { channel: last.channel, state: last.state, at: last.submitted_at } : null, next, items: duties,
  }
}
const colorOf = (one, at) => signalsAt(at).get(one.area)?.color ?? one.color

function signalsAt(at) {
  const minute = minuteOf(at)
  const found = new Map()
  const entered = done.filter((d) => d.deed === 'enter-signal' && d.at <= at).map((d) => [minuteOf(d.at), d.area, d.color, d.source])
  for (const [m, area, color, source] of [...ISSUES, ...entered].sort((a, b) => a[0] - b[0])) {
    if (m > minute) continue
    if (color === 'none') found.delete(area)
    else found.set(area, { minute: m, color, source: source ?? '平湖市气象台（模拟）' })
  }
  for (const [m, area] of LIFTS) if (m <= minute) found.delete(area)
  for (const d of done) if (d.deed === 'retract-signal' && d.at <= at) found.delete(d.signal.split('-')[1])
  return found
}

const station = (id) => stations.find((one) => one.id === id)
const basis = (area, minute, hours) => {
  const wet = stations.filter((one) => one.area === area).sort((a, b) => sum(b, minute, hours) - sum(a, minute, hours))[1]
  return [{ station: wet.id, station_name: wet.name, quantity: 'rain', window_h: hours, value: sum(wet, minute, hours), unit: 'mm', at: iso(START + minute * MIN) }]
}

export function watch(at, live, me) {
  const minute = minuteOf(at)
  const signals = signalsAt(at)
  const open = ORDERS.filter((one) => START + one.minute * MIN <= at)
  const inOrder = (one) => callees.filter((callee) => callee.order === one)
  const closed = (one) => Math.max(...inOrder(one).map((callee) => settledAt(callee, at))) + 20 * MIN
  const silent = callees.filter((callee) => START + callee.order.minute * MIN <= at && settledAt(callee, at) > at).map((callee) => silentRow(callee, at))
  const answered = callees.map((callee) => ({ callee, at: settledAt(callee, at) })).filter((one) => one.at <= at).sort((a, b) => b.at - a.at)
  const levelOf = (area) => signals.get(area)?.color ?? (HEAVY[area] > 0.3 && minute > 60 && minute < 150 ? 'blue' : 'none')
  const best = (hours) => {
    const top = [...stations].sort((a, b) => sum(b, minute, hours) - sum(a, minute, hours))[0]
    const mm = sum(top, minute, hours)
    return mm > 0 ? { mm, station: top.id, name: top.name, area_name: townName[top.area] } : null
  }
  const decided = done.filter((d) => d.deed === 'decide-alert' && d.at <= at).map((d) => d.alert)
  const alerts = [{ id: 'a-1', minute: 53, color: 'orange', was: 'yellow', area: '330482103', hours: 3 }]
    .filter((a) => a.minute <= minute && minute < a.minute + 30 && !decided.includes(a.id))
    .map((a) => ({ id: a.id, hazard: 'rainstorm', color: a.color, was: a.was, area: a.area, area_name: townName[a.area], raised_at: iso(START + a.minute * MIN), decide_by: iso(START + (a.minute + 10) * MIN), basis: basis(a.area, a.minute, a.hours) }))
  const shift = done.filter((d) => d.deed === 'take-shift' && d.at <= at).at(-1)
  const armed = done.filter((d) => d.deed === 'arm-sound' && d.at <= at).at(-1)
  const notes = [
    { minute: 12, by: '沈示一', text: '市水利局电话：太浦河水位平稳，沿海闸门已预降。' },
    { minute: 33, by: '沈示一', text: '乍浦镇来电：瓦山下穿通道开始积水，已派人封路。' },
  ].filter((n) => n.minute <= minute).map((n) => ({ at: iso(START + n.minute * MIN), by: n.by, text: n.text }))
  for (const d of done) if (d.deed === 'write-note' && d.at <= at) notes.push({ at: iso(d.at), by: me, text: d.text })
  return {
    at: iso(at), live, fact: 4000 + minute * 40 + done.length, now: iso(at), speed: live.speed ?? 12, held: false, data_age_s: 20 + Math.floor((at % MIN) / 1000),
    signals: [...signals].map(([area, s]) => ({ id: `s-${area}-${s.minute}`, hazard: 'rainstorm', color: s.color, area, area_name: townName[area], issued_at: iso(START + s.minute * MIN), source: s.source, text: `${townName[area]}暴雨${WORD[s.color]}预警信号`, action: 'issue', basis: basis(area, s.minute, s.color === 'red' || s.color === 'orange' ? 3 : 6) })),
    alerts,
    orders: open.map((one) => {
      const people = inOrder(one)
      const quiet = people.filter((callee) => settledAt(callee, at) > at).length
      const over = people.filter((callee) => callee.desk && settledAt(callee, at) <= at).length
      return { id: one.id, color: colorOf(one, at), area: one.area, area_name: townName[one.area], opened_at: iso(START + one.minute * MIN), closed_at: closed(one) <= at ? iso(closed(one)) : null, called: people.length, answered: people.length - quiet - over, taken_over: over, silent: quiet, notice: one.seed === 12 && minute > 50 ? 'corrected' : '', not_received: one.seed === 12 && minute > 50 && minute < 75 ? people.slice(2, 4).map((p) => ({ person: p.person, name: p.name })) : [] }
    }),
    silent: silent.sort((a, b) => RANK[b.color] - RANK[a.color] || a.since.localeCompare(b.since)),
    last_answer: answered[0] ? { name: answered[0].callee.name, at: iso(answered[0].at), taken_over: answered[0].callee.desk } : null,
    areas: towns.map((town) => {
      const mine = stations.filter((one) => one.area === town.code).map((one) => sums(one, minute)).sort((a, b) => b.h1 - a.h1)[1]
      return { code: town.code, name: town.name, level: levelOf(town.code), signal: signals.get(town.code)?.color ?? 'none', falling_since: minute > 120 && signals.has(town.code) ? iso(START + 120 * MIN) : null, rain: mine }
    }),
    stations: stations.map((one) => {
      const dead = DEAD.get(one.id)
      const last = dead !== undefined && minute > dead ? START + dead * MIN : START + Math.floor(minute / 5) * 5 * MIN
      return { id: one.id, name: one.name, lon: one.lon, lat: one.lat, area: one.area, rain: sums(one, minute), last_at: iso(last), silent: at - last > 15 * MIN }
    }),
    extremes: { h1: best(1), h3: best(3), h24: best(24) },
    shift: shift ? { officer: me, since: iso(shift.at), sound_armed: !!armed?.armed } : { officer: '沈示一', since: iso(START - 17 * 60 * MIN), sound_armed: false },
    notes,
    silent_stations: [...DEAD.values()].filter((m) => minute > m + 15).length,
    restarted: null,
    checks: [
      ...(minute > 46 ? [{ kind: 'contact', station: '', subject: '王示丙', about: 'text', since: iso(START + 46 * MIN), last: null, count: 1, detail: '' }] : []),
      ...(minute > 20 ? [{ kind: 'suspect-value', station: 'H1082', subject: '独山港闸口', about: '', since: iso(START + 15 * MIN), last: iso(START + 20 * MIN), count: 2, detail: 'row 0 value = 71; allowed: at most 63 mm in 5 min, for station H1082; kept as suspect' }] : []),
      ...[...DEAD].filter(([, m]) => minute > m + 15).map(([id, m]) => ({ kind: 'station-silent', station: id, subject: station(id).name, about: townName[station(id).area], since: iso(START + m * MIN), last: null, count: 1, detail: '' })),
      ...(minute > 21 ? [{ kind: 'station-doubted', station: 'W1', subject: '乍浦水位站', about: '基面跳变', since: iso(START + 21 * MIN), last: null, count: 1, detail: '跳了 0.4，一直没有回来' }] : []),
      { kind: 'refused-unit', station: '', subject: '县水文站网关', about: '', since: iso(START - 13 * 60 * MIN), last: iso(START - 13 * 60 * MIN), count: 1, detail: 'row 0 unit = cm; allowed: mm for rain' },
    ],
  }
}

export function timeline(from, to) {
  const step = 5 * MIN
  const rain = []
  for (let end = Math.ceil(from / step) * step; end <= to; end += step) {
    const minute = minuteOf(end)
    const fell = stations.map((one) => Math.max(0, sum(one, minute, 5 / 60)))
    rain.push({ at: iso(end), max_mm: +Math.max(...fell).toFixed(1), mean_mm: +(fell.reduce((a, b) => a + b) / fell.length).toFixed(2) })
  }
  const marks = []
  const put = (at, kind, color, text) => at >= from && at <= to && marks.push({ at: iso(at), kind, color, text })
  for (const [m, area, color] of ISSUES) put(START + m * MIN, 'signal', color, `${townName[area]} 暴雨${WORD[color]}`)
  for (const [m, area] of LIFTS) put(START + m * MIN, 'signal', 'none', `${townName[area]} 解除`)
  for (const one of ORDERS) put(START + one.minute * MIN, 'order', one.color, `${townName[one.area]} 应叫 ${one.count} 人`)
  for (const callee of callees) put(settledAt(callee, to), 'answered', undefined, callee.name)
  put(START + 53 * MIN, 'alert', 'orange', '新仓镇')
  put(START + 12 * MIN, 'note', undefined, '市水利局电话')
  put(START + 33 * MIN, 'note', undefined, '乍浦镇来电')
  put(START - 95 * MIN, 'restart', undefined, '重启用时 2.1 秒')
  for (const d of done) if (d.deed === 'write-note') put(d.at, 'note', undefined, d.text)
  return { from: iso(from), to: iso(to), rain, marks: marks.sort((a, b) => a.at.localeCompare(b.at)) }
}

export const attempts = (orderId, person, at) => {
  const callee = callees.find((one) => one.order.id === orderId && one.person === person)
  return callee ? { ...silentRow(callee, at), attempts: attemptsOf(callee, at) } : undefined
}
