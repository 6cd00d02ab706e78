// Made-up callees of one red order for the Answer screen, as many as wanted; some answer each second. Not shipped.
const SURNAMES = [...'王李张刘陈杨黄赵周吴徐孙胡朱高林何郭马罗']
const GIVEN = [...'示一二三四五六七八九十甲乙丙丁戊己庚辛壬']
const TOWNS = ['当湖街道', '钟埭街道', '曹桥街道', '乍浦镇', '新埭镇', '新仓镇', '独山港镇', '广陈镇', '林埭镇']
const DUTIES = ['防汛责任人', '巡查员', '校长', '泵站管理员', '一户一策联系人']

export function makeAnswers(count, opened, now) {
  const rows = Array.from({ length: count }, (_, n) => calling(n, opened))
  const changes = []
  let fact = 1000

  const one = (n) => ({
    ...rows[n],
    next: rows[n].state === 'calling' ? { what: n % 3 ? 'self' : 'deputy', name: n % 3 ? '' : name(n + 1), at: iso(Math.max(now() + 20_000, opened + 300_000)) } : null,
  })

  function answer(n) {
    const row = rows[n]
    if (row.state !== 'calling') return
    const at = iso(now())
    const channel = n % 2 ? 'voice' : 'text'
    row.tries = row.tries.map((attempt) => (attempt.channel === channel ? { ...attempt, state: 'confirmed' } : attempt))
    Object.assign(row, { state: 'answered', settled_at: at, channel })
    changes.push({ fact: ++fact, n })
  }

  /** So many people answer now. */
  function tick(many) {
    for (let k = 0; k < many; k++) answer(Math.floor(Math.random() * count))
  }

  function overview() {
    const answered = rows.reduce((sum, row) => sum + Number(row.state === 'answered'), 0)
    return {
      at: iso(now()),
      fact,
      orders: [
        {
          id: 'C1', aim: 'warning', exercise: false, hazard: 'rainstorm', color: 'red', area: '330482', area_name: '平湖市', opened_at: iso(opened), closed_at: null, closed: '',
          called: count, answered, taken_over: 0, silent: count - answered, in_place: 0, report_within: null,
          rule: { by: iso(opened + 600_000), people: 80, areas: 100, must: ['校长'], judged: null }, notice: '', not_received: 0,
        },
        {
          id: 'Q1', aim: 'answer-test', exercise: true, hazard: 'rainstorm', color: 'none', area: '330482102', area_name: '新埭镇', opened_at: iso(opened - 7_200_000), closed_at: iso(opened - 7_080_000), closed: 'ended',
          called: 40, answered: 37, taken_over: 0, silent: 3, in_place: 0, report_within: null, rule: null, notice: '', not_received: 0,
        },
      ],
      offline: { out: false, channels: [] },
    }
  }

  function reply(path, query) {
    if (path === '/api/answer') return overview()
    if (path === '/api/answer/rows') {
      if (query.get('order') !== 'C1') return { fact, rows: [], next: '' }
      const from = query.get('after') ? Number(query.get('after').slice(1)) + 1 : 0
      const most = Number(query.get('most') ?? 5000)
      const page = rows.slice(from, from + most).map((_, k) => one(from + k))
      return { fact, rows: page, next: from + most < count ? page.at(-1).person : '' }
    }
    if (path === '/api/answer/changes') {
      const since = Number(query.get('since'))
      return { fact, rows: query.get('order') === 'C1' ? changes.filter((change) => change.fact > since).map((change) => one(change.n)) : [], next: '' }
    }
    if (path === '/api/answer/people') return people(query)
    if (path === '/api/answer/lines')
      return { lines: 60, needed: 571, source: 'example', planned: 30, there: 0, rows: [{ color: 'red', people: 2000, half_rung: 480, all_rung: 972, due: 100, reached: 1937, calls: 2841, kept: false }] }
    if (path === '/api/answer/times') return times(rows)
    if (path === '/api/answer/coverage')
      return {
        needed: 2,
        test_every_days: 31,
        towns: TOWNS.map((town, n) => ({ town: String(n), name: town, people: 60 + n, reachable: 58 + n, verified: 51 + n, tested_at: n ? iso(opened - n * 9 * 86_400_000) : null, called: 60 + n, answered: 49 + n, due: n > 3 || !n })),
        areas: [{ kind: 'village', place: 'v1', name: '外山村', town_code: '330482101', town: '乍浦镇', named: ['李示二'], verified: [], at: [] }],
        unplaced: query.get('polygon') ? [{ kind: 'village', place: 'v2', name: '示例村', town_code: '9', town: '示例镇', named: [], verified: [], at: [] }] : [],
        sites: [{ kind: 'nursing-home', place: 's1', name: '示例养老院', town_code: '330482102', town: '新仓镇', named: ['陈示三', '吴示四'], verified: ['吴示四'], at: [121.18, 30.65] }],
      }
    if (path === '/api/answer/repairs') return [{ person: 'p7', name: '李示二', post: '村书记', channel: 'voice', why: 'failing', tries: 6, last: iso(opened) }]
    return undefined
  }

  return { tick, reply }
}

/** The register as the picker asks it. */
function people(query) {
  const all = Array.from({ length: 90 }, (_, n) => calling(n, 0)).map((one) => ({ person: one.person, name: one.name, post: one.post, body: one.body, at: `${one.place} ${one.duty}`, duty: one.duty }))
  const letters = query.get('q') ?? ''
  const of = { body: query.get('body'), duty: query.get('duty') }
  const found = letters ? all.filter((one) => Object.values(one).some((word) => word.includes(letters))) : all.filter((one) => (!of.body || one.body === of.body) && (!of.duty || one.duty === of.duty))
  const group = (kind) => [...new Set(all.map((one) => one[kind]))].filter((word) => letters && word.includes(letters)).map((id) => ({ kind, id, name: id, people: all.filter((one) => one[kind] === id).length }))
  return { found: found.length, people: letters ? found.slice(0, 30) : found, groups: [...group('body'), ...group('duty')] }
}

const iso = (ms) => new Date(ms).toISOString()
const name = (n) => SURNAMES[n % SURNAMES.length] + GIVEN[Math.floor(n / 20) % 20] + GIVEN[Math.floor(n / 400) % 20]

function calling(n, opened) {
  const town = TOWNS[n % TOWNS.length]
  return {
    person: 'p' + String(n).padStart(6, '0'), name: name(n), post: '责任人', body: town + '政府', town: String(n % 9), town_name: town, place: `第${1 + (n % 136)}村`, duty: DUTIES[n % DUTIES.length], more: n % 7 ? 0 : 2,
    color: 'red', since: iso(opened + (n % 3) * 1000), state: n % 97 ? 'calling' : 'exhausted', escalated: n % 5 === 0, round: 1 + (n % 4), rounds: 5, next: null, settled_at: null, by: '', channel: '', witness: '', report_by: null, in_place_at: null,
    tries: [
      { channel: 'text', to: '', round: 1, at: iso(opened), state: n % 4 ? 'delivered' : 'submitted' },
      { channel: 'voice', to: '', round: 1, at: iso(opened + 4000), state: n % 3 ? 'no-answer' : 'busy' },
      ...(n % 5 ? [] : [{ channel: 'voice', to: name(n + 1), round: 4, at: iso(opened + 120_000), state: 'submitted' }]),
    ],
  }
}

function times(rows) {
  const line = (name, label) => ({ name, label, called: rows.length, answered: 41, p50: 48, p90: 171, p99: 402 })
  return { all: line('', ''), by_color: [line('red', 'red')], by_town: TOWNS.map((town, n) => line(String(n), town)), by_duty: DUTIES.map((duty) => line(duty, duty)), by_channel: [line('voice', ''), line('text', '')] }
}
