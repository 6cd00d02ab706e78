// Stand-in answers for Warn and for the pages of stations: made-up figures of the same night as story.mjs.
import { START, stations } from './story.mjs'

const MIN = 60_000
const iso = (at) => new Date(at).toISOString()
const LEVEL = { id: 'W1', name: '乍浦水位站', kind: 'level', unit: 'm', lon: 121.09, lat: 30.61, area: '330482101', area_name: '乍浦镇', interval_min: 5 }
const DEPTH = { id: 'D1', name: '雅山路下穿', kind: 'depth', unit: 'mm', lon: 121.1, lat: 30.62, area: '330482101', area_name: '乍浦镇', interval_min: 5 }
const rule = (color, how, minutes, base, offset, value, least = null, reached = false) => ({ color, how, minutes, base, offset, value, least, reached })
const RULES = {
  rain: [rule('blue', 'sum', 720, '', 0, 50, null, true), rule('yellow', 'sum', 360, '', 0, 50), rule('orange', 'sum', 180, '', 0, 50), rule('red', 'sum', 180, '', 0, 100)],
  level: [
    rule('blue', 'stands', 0, 'warning', -0.1, 3.2, null, true), rule('yellow', 'stands', 0, 'warning', 0, 3.3), rule('orange', 'stands', 0, 'guaranteed', -0.1, 3.6),
    rule('red', 'stands', 0, 'guaranteed', 0, 3.7), rule('blue', 'rise', 60, 'warning', -0.4, 0.15, 2.9, true), rule('yellow', 'rise', 30, 'warning', -0.2, 0.15, 3.1),
  ],
  depth: [rule('blue', 'stands', 0, 'ground', 150, 150), rule('yellow', 'stands', 0, 'ground', 270, 270), rule('orange', 'stands', 0, 'ground', 400, 400), rule('red', 'stands', 0, 'ground', 500, 500)],
}
/** What the visitor accepted and overruled, as the story has it. */
const said = (done, deed, station, more) => done.find((one) => one.deed === deed && one.station === station && more(one))

function value(kind, at) {
  const minute = (at - START) / MIN
  if (kind === 'rain') return +Math.max(0, 4.2 * Math.exp(-(((minute - 45) / 26) ** 2)) + 0.2 * Math.sin(minute / 3) ** 2).toFixed(1)
  if (kind === 'level') return +(2.95 + 0.32 / (1 + Math.exp(-(minute - 50) / 25))).toFixed(3)
  return Math.round(Math.max(0, 190 / (1 + Math.exp(-(minute - 55) / 12)) - 4))
}

export function station(id, at, from, to, done) {
  const rain = stations.find((one) => one.id === id)
  const row = rain ? { id, name: rain.name, kind: 'rain', unit: 'mm', lon: rain.lon, lat: rain.lat, area: rain.area, area_name: '乍浦镇', interval_min: 5 } : { W1: LEVEL, D1: DEPTH }[id]
  if (!row) return undefined
  const step = row.interval_min * MIN
  const readings = []
  for (let t = Math.floor(to / step) * step; t > from; t -= step) {
    if (t > at) continue
    const odd = row.kind === 'level' && (t - START) / MIN === 20
    const taken = odd && said(done, 'accept-reading', id, (one) => Date.parse(one.observed_at) === t)
    readings.push({
      observed_at: iso(t), recorded_at: iso(t + (t % (7 * step) ? 4000 : 9 * MIN)), value: odd ? 3.91 : value(row.kind, t), suspect: odd, acceptable: odd && !taken,
      flags: odd ? [{ check: 'rate', why: '每分钟变化至多 0.05 m；按可疑保存' }] : [], accepted: taken ? { by: '王示一', reason: taken.reason, at: iso(taken.at) } : null,
    })
  }
  const doubted = row.kind === 'level' ? [{ check: 'datum-jump', since: iso(START + 21 * MIN), why: '跳了 0.4，一直没有回来', silences: true, overruled_by: '', reason: '', overruled_at: null }] : []
  for (const doubt of doubted) {
    const over = said(done, 'overrule-doubt', id, (one) => one.check === doubt.check)
    if (over) Object.assign(doubt, { overruled_by: '王示一', reason: over.reason, overruled_at: iso(over.at) })
  }
  const last = readings[0] ?? null
  const hour = readings.find((one) => last && !one.suspect && Date.parse(one.observed_at) <= Date.parse(last.observed_at) - 60 * MIN)
  return {
    at: iso(at), fact: done.length, ...row, silent: false, last, rules: RULES[row.kind], doubts: doubted, from: iso(from), to: iso(to), readings, cut: false,
    pictures: row.kind === 'level' ? ['a1', 'b2'].map((sha256, n) => ({ sha256, observed_at: `2026-07-12T0${n}:30`, received_at: iso(START + n * 30 * MIN), bytes: 3313 })) : [],
    sums: row.kind === 'rain' ? { h1: 24.6, h3: 41.2, h6: 52.8, h12: 55, h24: 61.4 } : null,
    rise: row.kind !== 'rain' && last && hour ? { per_hour: last.value - hour.value, change: last.value - hour.value, minutes: 60 } : null,
    thresholds: row.kind === 'level' ? { warning: 3.3, guaranteed: 3.7, datum: '吴淞', national: -1.87, source: '平湖市水利局 2026（示例）' } : null,
    criteria: { name: { rain: 'rainstorm-cma16', level: 'water-level', depth: 'waterlogging' }[row.kind], version: '1.0', source: '示例数值' },
    events: doubted.map((doubt) => ({ at: doubt.since, what: 'doubted', check: doubt.check, value: '', observed_at: null, by: '', text: doubt.why })),
  }
}

const basis = (at) => [{ station: 'H1080', station_name: '独山港水利站', quantity: 'rain', window_h: 3, value: 58.4, unit: 'mm', at: iso(at - 2 * MIN) }]

/** One alert waits from minute 30 on until it is decided; what is proposed by hand waits beside it. */
export function warn(at, issuer, done, me) {
  const raised = START + 30 * MIN
  const office = issuer === 'WEATHER_OFFICE'
  const decided = (id) => done.find((one) => (one.deed === 'decide-alert' || one.deed === 'approve-proposal') && one.alert === id)
  const base = {
    hazard: 'rainstorm', was: 'yellow', said: '', text: '', by: '', own: false, called: true, people: 14, single: true,
    criteria: 'rainstorm-cma16 1.0', source: '中国气象局令第16号（2007）', rule: '3 小时降雨量达 50 毫米以上，且降雨可能持续（最近 30 分钟本区域有 1 毫米以上）',
    zh: '平湖市气象台7月12日1时12分将独山港镇暴雨黄色预警信号升级为橙色预警信号。过去3小时，独山港水利站降雨量已达58.4毫米，降雨仍在持续。请有关单位和人员按预案做好防御准备。',
    en: 'Pinghu raises the yellow rainstorm warning for Dushangang to orange at 1:12 on 12/7. In the last 3 h, 58.4 mm of rain fell at 独山港水利站, and it is still raining.',
  }
  const alerts = at < raised ? [] : [{ ...base, id: 'T1', color: 'orange', area: '330482108', area_name: '独山港镇', raised_at: iso(raised), decide_by: office ? null : iso(raised + 40 * MIN), then: office ? '' : 'call-order', basis: basis(at) }]
  const hands = office
    ? done.map((one, n) => ({ one, n })).filter(({ one }) => one.deed === 'enter-signal').map(({ one, n }) => ({
        ...base, id: `T9${n}`, color: one.color, was: 'none', hazard: one.hazard, area: one.area, area_name: one.area, raised_at: iso(one.at), decide_by: null, then: '', basis: [], single: false,
        by: '李示二', own: false, said: one.source, text: one.text, rule: '', criteria: '', source: '',
      }))
    : []
  const all = [...alerts, ...hands]
  return {
    room: { issuer, decide_within_s: 1800, approve_after_s: null, hazards: ['rainstorm', 'water-level', 'waterlogging'] },
    proposals: all.filter((one) => !decided(one.id)),
    decided: all.filter((one) => decided(one.id)).map((one) => ({
      id: one.id, hazard: one.hazard, color: one.color, area_name: one.area_name, raised_at: one.raised_at, by: me, at: iso(decided(one.id).at),
      decision: decided(one.id).decision ?? 'issued', called: 14, silent: 3,
    })),
    messages: [
      { key: 'B1', sender: '平湖市气象台', identifier: '33048241600000_20260712005900', sent: iso(START + 29 * MIN), heard_at: iso(START + 29 * MIN), by: 'city-office', status: 'actual', type: 'alert', signature: 'good', headline: '平湖市气象台发布暴雨橙色预警信号', verdict: 'acted', ended: '', in_force: true, ends: iso(START + 360 * MIN), begins: null, disputed: 0, brought: [{ area: '330482101', name: '乍浦镇', hazard: 'rainstorm', color: 'orange' }], orders: [{ area_name: '乍浦镇', called: 13, silent: 1, open: true }], responses: [{ area_name: '乍浦镇', level: 2, state: 'started' }], remarks: [] },
      { key: 'B2', sender: '嘉兴市气象台', identifier: '33040041600000_20260712003100', sent: iso(START), heard_at: iso(START + MIN), by: 'city-office', status: 'test', type: 'alert', signature: 'none', headline: '嘉兴市气象台测试消息', verdict: 'not-actual', ended: '', in_force: false, ends: null, begins: null, disputed: 0, brought: [], orders: [], responses: [], remarks: [] },
    ],
    responses: [
      { id: 'E2', hazard: 'rainstorm', color: 'red', area: '330482108', area_name: '独山港镇', level: 1, proposed_at: iso(START + 49 * MIN), decide_by: iso(START + 59 * MIN), plan: 'response-example 1.0', state: done.some((one) => one.deed === 'decide-response') ? 'started' : 'proposed', decided_level: 1, decided_by: me, reason: '', decided_at: iso(at), actions: [] },
      { id: 'E1', hazard: 'rainstorm', color: 'orange', area: '330482101', area_name: '乍浦镇', level: 2, proposed_at: iso(START + 29 * MIN), decide_by: iso(START + 44 * MIN), plan: 'response-example 1.0', state: 'started', decided_level: 2, decided_by: '张示三', reason: '', decided_at: iso(START + 33 * MIN), actions: [
        { id: 'underpass', department: '公安局', mine: false, text: '积水下穿通道封控', due: iso(START + 50 * MIN), by: '', report: '', at: null, urged_at: iso(START + 50 * MIN), escalated_at: null },
        { id: 'pumps', department: '住建局', mine: false, text: '低洼地段、下穿通道备泵值守', due: iso(START + 93 * MIN), by: '赵示四', report: '已备泵 6 台', at: iso(START + 45 * MIN), urged_at: null, escalated_at: null },
        { id: 'water-patrol', department: '水利局', mine: true, text: '巡查河道、水闸、泵站并报告', due: iso(START + 153 * MIN), by: '', report: '', at: null, urged_at: null, escalated_at: null } ] },
    ],
    feeds: [{ name: 'city-office', url: 'https://example.invalid/cap.atom', read_at: iso(at - MIN), trouble: '', messages: 2, refused: 0 }],
  }
}

export const preview = (areas, color) => ({
  called: color === 'red' || color === 'orange', people: color === 'red' || color === 'orange' ? areas.length * 14 : 0,
  first: [{ name: '王示一', post: '镇防汛责任人', area: '乍浦镇' }, { name: '李示甲', post: '村党组织书记', area: '南湾村' }],
  zh: `平湖市气象台7月12日1时20分发布${areas.length}个镇暴雨预警信号。请有关单位和人员按预案做好防御准备。`, en: 'Pinghu issues a rainstorm warning. Those responsible take the precautions of their plan.',
})
