// Made-up items of two programmes for the Act screen, as many as wanted; steps really move them. Not shipped.
const MIN = 60_000
const DAY = 24 * 60 * MIN
const iso = (ms) => new Date(ms).toISOString()
const named = (id, name) => ({ id, name })
const NONE = named('', '')
const BODIES = [named('B-HQ', '市防指办（示例）'), named('B-EMERG', '市应急管理局（示例）'), named('B-WATER', '市水利局（示例）'), named('B-1', '曹桥街道办（示例）'), named('B-2', '乍浦镇政府（示例）')]
const PERSONS = { P003: named('P003', '张示一'), P007: named('P007', '黄示一'), P165: named('P165', '魏示三') }
const AREAS = [{ id: '330482', name: '平湖市', parent: '' }, { id: '330482101', name: '乍浦镇', parent: '330482' }, { id: '330482003', name: '曹桥街道', parent: '330482' }]
const field = (id, name, type, more = {}) => ({ id, name, type, unit: '', required: false, choices: [], value: '', shown: '', ...more })
const FIELDS = [
  field('title', '名称', 'text', { required: true }),
  field('description', '情况描述', 'text', { required: true }),
  field('category', '类别', 'choice', { required: true, choices: [named('polder', '圩区堤防'), named('pump', '泵闸'), named('underpass', '下穿通道')] }),
  field('found_at', '发现时间', 'moment', { required: true }),
  field('place', '位置', 'place'),
  field('town', '镇街道', 'area', { required: true }),
  field('people_at_risk', '受威胁人数', 'integer', { unit: 'count' }),
  field('measures', '整改措施', 'text'),
  field('interim_control', '临时管控措施', 'text'),
]
const STAGES = [['found', '发现待登记', 'DRAFT'], ['reported', '发现登记', 'REGISTERED'], ['triage', '研判定级', 'ASSESSING'], ['supervised', '交办督办', 'ASSIGNED'], ['accepted', '签收', 'ACCEPTED'], ['rectifying', '整改中', 'IN_HAND'], ['fed_back', '整改反馈', 'SUBMITTED'], ['verifying', '核查验收', 'VERIFYING'], ['closed', '销号', 'CLOSED']]
const STEPS = { found: ['register', '登记'], reported: ['assess', '研判'], triage: ['supervise', '交办'], supervised: ['accept', '签收'], accepted: ['begin', '开始整改'], rectifying: ['feed-back', '整改反馈'], fed_back: ['take-up', '开始核查'], verifying: ['close', '核查通过销号'] }
const PROGRAMMES = [
  { name: 'hazards', title: '风险隐患', version: '1.0', roles: [], kinds: [{ id: 'hazard', name: '隐患', loop: true, stages: STAGES.map(([id, name]) => named(id, name)), fields: FIELDS }], indicators: [named('found', '发现隐患数'), named('open_now', '未销号数'), named('round_rate', '排查完成率')], imports: true },
  { name: 'meeting-tasks', title: '会议任务', version: '1.0', roles: [], kinds: [{ id: 'task', name: '任务', loop: true, stages: STAGES.map(([id, name]) => named(id, name)), fields: FIELDS.slice(0, 2) }], indicators: [], imports: true },
]
const TITLES = ['低洼片区排水泵失灵', '圩堤护坡塌陷', '排涝泵站电缆老化', '下穿通道水位标尺缺失', '沿街广告牌松动', '地下车库挡水板未配']
const OWN = { code: 'item-separation', what: '谁也不能销自己的号：办理的人和单位不能验收自己的事', value: 'P165', allowed: '另一个人；一般以上的事须由另一单位', todo: '请没有经手的人办理' }

const NOT_YOURS = { code: 'item-not-your-role', what: '这不归您办', value: 'P165', allowed: '担任所列角色、属于相应单位的人（督办人员）', todo: '请他们办理' }

const NOTICE = '关于做好强降雨防范工作的通知（样例）\n2026年6月1日\n\n一、市水利局要在6月30日前完成圩区泵站检修，市财政局、市供电公司配合。\n二、由市住建局牵头，对全市12处下穿通道逐一排查。\n三、去年共整治低效用地3050.9亩，成效明显。\n四、各镇（街道）务必落实转移责任人。\n'
const SENTENCES = [['一、市水利局要在6月30日前完成圩区泵站检修，市财政局、市供电公司配合。', ['市水利局'], '6月30日前', '2026-06-30'], ['二、由市住建局牵头，对全市12处下穿通道逐一排查。', ['市住建局'], '', ''], ['四、各镇（街道）务必落实转移责任人。', ['各镇（街道）'], '', '']]
const DOCUMENT = {
  document: 'ab'.repeat(32), name: '强降雨通知.txt', at: '2026-06-02T01:00:00Z', by: '张示一', text: NOTICE, figures: [], others: [],
  drafts: SENTENCES.map(([text, bodies, when, date], n) => ({ text, from: NOTICE.indexOf(text), to: NOTICE.indexOf(text) + text.length, words: ['要'], bodies: bodies.map((name) => ({ name, role: 'named', from: 0, to: 0 })), deadline: when ? { text: when, from: 0, to: 0, date } : null, items: n === 1 ? [{ item: 'I5', number: 'RW-2026-00005', title: text }] : [], dropped: n === 2 ? { reason: '另文部署', by: '张示一', at: '2026-06-02T02:00:00Z' } : null })),
}
const LEDGER = ['序号', '隐患名称', '属地', '隐患等级', '发现日期', '整改情况']
const COLUMNS = [['id', '编号', true, '序号'], ['kind', '种类', true, '=hazard'], ['title', '名称', true, '隐患名称'], ['town', '镇街道', true, '属地'], ['level', '等级', false, '隐患等级'], ['found_on', '发现日期', false, '发现日期'], ['state', '状态', true, '整改情况']]

const PLACEHOLDERS = ['period', 'as_of', ...PROGRAMMES[0].indicators.flatMap((one) => [one.id, one.id + '.target', one.id + '.reached'])]
const SETTINGS = {
  lists: [
    { id: 'category', fields: ['类别'], steps: [], choices: [['polder', '圩区堤防', 'polder and dyke', false, 12], ['pump', '泵闸', 'pumps and sluices', false, 9], ['sign', '广告牌', 'signboards', true, 2]].map(([id, zh, en, retired, open]) => ({ id, zh, en, retired, open })) },
    { id: 'level', fields: ['等级'], steps: ['level', 'plan'], choices: [{ id: 'general', zh: '一般', en: 'general', retired: false, open: 30 }, { id: 'major', zh: '重大', en: 'major', retired: false, open: 4 }] },
  ],
  indicators: [{ id: 'found', name: '发现隐患数', unit: 'count', scale: 0 }, { id: 'round_rate', name: '排查完成率', unit: 'percent', scale: 1 }],
  targets: [{ indicator: 'found', year: 2026, town: '', town_name: '', value: '80', basis: '', certainty: 'example' }, { indicator: 'found', year: 2026, town: '330482101', town_name: '乍浦镇', value: '20', basis: 'A12', certainty: 'set' }],
  words: [{ place: 'title', group: 'title', of: '', zh: '风险隐患', en: 'Hidden hazards' }, { place: 'role/verifier', group: 'role', of: '', zh: '核查人员', en: 'verifier' }, { place: 'field/hazard/description', group: 'field', of: '隐患', zh: '情况描述', en: 'description' }, { place: 'report', group: 'report', of: '', zh: '{period}，全市共排查发现隐患{found}处。', en: '{period} {found} hidden hazards were found.' }],
  kinds: [named('hazard', '隐患')],
  usual: [{ kind: 'hazard', town: '330482101', town_name: '乍浦镇', lead: BODIES[4], supervising: BODIES[1] }],
  towns: [named('330482101', '乍浦镇'), named('330482003', '曹桥街道')],
  bodies: BODIES,
  placeholders: PLACEHOLDERS,
  changes: [
    { change: 'A31', what: 'target', title: '发现隐患数 · 2026', was: ['80'], to: ['96'], reason: '市里下达的年度任务（示例）', by: '黄示一', person: 'P007', at: '2026-07-01T01:00:00Z', state: 'proposed', decided_by: '', why: '', decided_at: null },
    { change: 'A12', what: 'choice-retired', title: '类别 · sign', was: ['广告牌', 'signboards'], to: [], reason: '并入市容（示例）', by: '黄示一', person: 'P007', at: '2026-06-01T01:00:00Z', state: 'approved', decided_by: '魏示三', why: '', decided_at: '2026-06-02T01:00:00Z' },
  ],
}

/** What a change would do: of a report with an unknown placeholder, where it stands. */
export function settingPreview(body) {
  const faults = ['zh', 'en'].flatMap((lang) => [...(body[lang] ?? '').matchAll(/\{([^{}]*)}/g)].filter((found) => !PLACEHOLDERS.includes(found[1])).map((found) => ({ code: 'setting-placeholder', part: lang === 'zh' ? 'zh-CN' : 'en', line: 1, column: found.index + 1, found: found[0], nearest: 'found', allowed: PLACEHOLDERS, what: '这个占位符不存在', todo: '请改正，或从列表插入' })))
  const said = (text) => text.replaceAll('{period}', '今年1至7月').replaceAll('{found}', '60')
  const report = body.place === 'report' && !faults.length
  return {
    faults, was: body.what === 'target' ? ['80'] : [], to: body.what === 'target' ? [body.value] : [body.zh, body.en].filter(Boolean), open: 43, using: body.what === 'choice-added' ? 0 : 9,
    before: { 'zh-CN': said(SETTINGS.words[3].zh), en: said(SETTINGS.words[3].en) }, after: report ? { 'zh-CN': said(body.zh), en: said(body.en) } : { 'zh-CN': said(SETTINGS.words[3].zh), en: said(SETTINGS.words[3].en) },
    target: body.what === 'target' && Number(body.value) > 0 ? { year: 2026, town: '', name: '', aim: body.value, value: '60', at_least: false, share: ((60 / body.value) * 100).toFixed(1), example: false } : null,
  }
}

export function makeItems(count, start) {
  const items = new Map()
  for (let n = 0; n < count; n++) put(n)

  function put(n) {
    const at = n % 9
    const task = n % 5 === 4
    const opened = start - (3 + (n % 40)) * DAY
    const id = 'I' + (n + 1)
    items.set(id, {
      item: id, n, at, number: (task ? 'RW' : 'YH') + '-330482101-2026-' + String(n + 1).padStart(3, '0'), title: '示例：' + TITLES[n % TITLES.length], task, opened,
      values: { title: '示例：' + TITLES[n % TITLES.length], description: '示例数据，人物和事项均为虚构', category: 'pump', found_at: iso(opened), place: '120.9709,30.6752', town: n % 2 ? '330482101' : '330482003', people_at_risk: String((n * 7) % 60) },
      acts: STAGES.slice(0, at + 1).map(([to], k) => act(k ? STEPS[STAGES[k - 1][0]][0] : 'open', k ? STAGES[k - 1][0] : '', to, opened + k * DAY, k % 3 === 2 ? PERSONS.P003 : k > 3 ? PERSONS.P165 : PERSONS.P003)),
      proofs: at >= 6 ? [proof('photo_before', '整改前照片', opened), proof('photo_after', '整改后照片', opened + DAY)] : [],
      control: n % 7 === 5 && at < 8 ? 'asked' : n % 7 === 6 && at < 8 ? 'missed' : '',
      card: n % 6 === 2 && at < 8,
      rework: n % 11 === 6 ? 1 : 0,
    })
  }

  function act(step, from, to, at, by) {
    const name = Object.values(STEPS).find(([id]) => id === step)?.[1] ?? ''
    const stage = (id) => named(id, STAGES.find(([one]) => one === id)?.[1] ?? '')
    return { step, name, from: stage(from), to: stage(to), by, role: '值班员', on_behalf_of: NONE, body: '市防指办（示例）', recorded_at: iso(at), happened_at: iso(at), reason: '' }
  }

  function proof(need, name, at) {
    return { need, name, sha256: 'ab'.repeat(32), file: need + '.jpg', taken_at: iso(at), place: '120.9709,30.6752', by: PERSONS.P165, recorded_at: iso(at), type: '' }
  }

  const stageOf = (one) => STAGES[one.at]
  const dueOf = (one, now) => {
    if (one.at >= 8 || one.at < 3) return null
    const since = one.opened + 2 * DAY
    const at = since + 15 * DAY
    return { clock: 'rectify', name: '整改时限', at: iso(at), first_at: iso(at), since: iso(since), provisional: false, state: at < now ? 'missed' : 'running' }
  }

  function row(one, now) {
    const [stage, stageName, core] = stageOf(one)
    return {
      item: one.item, number: one.number, title: one.title, programme: one.task ? named('meeting-tasks', '会议任务') : named('hazards', '风险隐患'), kind: one.task ? named('task', '任务') : named('hazard', '隐患'),
      stage: named(stage, stageName), core, level: one.at > 2 ? named('large', '较大') : NONE, area: named(one.values.town, AREAS.find((area) => area.id === one.values.town)?.name ?? ''),
      lead: one.at > 2 ? BODIES[3] : NONE, supervising: one.at > 2 ? BODIES[1] : NONE, opened_at: iso(one.opened), changed_at: iso(one.opened), closed_at: one.at === 8 ? iso(one.opened + 9 * DAY) : null, due: dueOf(one, now),
      cards: one.card ? [{ card: 'k1', name: '黄牌', level: 'yellow', persons: [PERSONS.P007, PERSONS.P165], reason: '整改逾期', due_at: iso(one.opened + 17 * DAY), issued_at: iso(one.opened + 17 * DAY), answer_by: iso(now + 10 * 60 * MIN), how: 'open', by: NONE, text: '', ended_at: null }] : [],
      controls: one.control ? [{ signal: 's1', ask: `隐患“${one.title}”在预警范围内，请确认临时管控措施。`, persons: [PERSONS.P165, PERSONS.P003], due_at: iso(now + 40 * MIN), how: one.control, by: NONE, text: '', ended_at: null }] : [],
      rework: one.rework, place: `${120.95 + (one.n * 37 % 100) / 400},${30.6 + (one.n * 53 % 100) / 500}`,
    }
  }

  function whole(one, now) {
    const [stage] = stageOf(one)
    const step = STEPS[stage]
    const evidence = step?.[0] === 'feed-back' ? [named('photo_before', '整改前照片'), named('photo_after', '整改后照片')] : step?.[0] === 'close' ? [named('verification_record', '验收记录')] : []
    const steps = step
      ? [{ step: step[0], name: step[1], to: named(STAGES[one.at + 1][0], STAGES[one.at + 1][1]), by: ['核查人员'], fields: step[0] === 'feed-back' ? ['measures'] : [], evidence, bodies: step[0] === 'supervise', lead: step[0] === 'supervise' ? BODIES[4] : NONE, supervising: step[0] === 'supervise' ? BODIES[1] : NONE, reason: false, on_site: false, approval: '', approved_by: null, refused: step[0] === 'close' ? OWN : null }]
      : []
    if (stage === 'verifying') steps.push({ step: 'rework', name: '核查不通过退回', to: named('rectifying', '整改中'), by: ['核查人员'], fields: [], evidence: [], bodies: false, lead: NONE, supervising: NONE, reason: true, on_site: false, approval: '', approved_by: null, refused: null })
    return {
      row: row(one, now), fields: FIELDS.map((each) => ({ ...each, value: one.values[each.id] ?? '', shown: each.choices.find((choice) => choice.id === one.values[each.id])?.name ?? one.values[each.id] ?? '' })), assisting: [], steps, beside: besideOf(one, stage, now),
      clocks: dueOf(one, now) ? [dueOf(one, now)] : [], extensions: one.n % 13 === 5 ? [{ clock: 'rectify', name: '整改时限', days: 7, by: PERSONS.P165, reason: '备件未到', decide_by: iso(now + 3 * DAY) }] : [], acts: one.acts, proofs: one.proofs, source: '', parent: '', children: [], paused_for: '',
    }
  }

  const besideOf = (one, stage, now) => {
    const may = (deed, of, refused = null, fields = []) => ({ deed, of, fields, refused })
    return [
      ...(one.control ? [may('confirm-control', 's1')] : []),
      ...(dueOf(one, now) ? [one.n % 13 === 5 ? may('decide-extension', 'rectify') : may('ask-extension', 'rectify', NOT_YOURS, ['interim_control'])] : []),
      ...(one.card ? [may('answer-card', 'k1'), may('cancel-card', 'k1', NOT_YOURS)] : []),
      ...(stage === 'closed' ? [] : [may('pause-item', '', NOT_YOURS), may('fill-item', '', null, FIELDS.map((field) => field.id))]),
    ]
  }

  const truth = (query, name) => query.get(name) === 'true'
  function fits(one, query, now) {
    const [stage, , core] = stageOf(one)
    const made = row(one, now)
    const state = query.get('state') ?? 'open'
    if (query.get('programme') && made.programme.id !== query.get('programme')) return false
    if (state === 'open' || state === '' ? one.at === 8 : state === 'closed' ? one.at !== 8 : state !== 'all' && state !== core && state !== stage) return false
    if (query.get('area') && one.values.town !== query.get('area')) return false
    if (query.get('body') && made.lead.id !== query.get('body')) return false
    if (truth(query, 'mine') && !one.control) return false
    if (truth(query, 'overdue') && made.due?.state !== 'missed') return false
    if (truth(query, 'carded') && !one.card) return false
    if (truth(query, 'asked') && !one.control) return false
    return !query.get('q') || (one.number + one.title).includes(query.get('q'))
  }

  const partOf = (id, name, list, now) => {
    const open = list.filter((one) => one.at < 8)
    const core = {}
    for (const one of open) core[stageOf(one)[2]] = (core[stageOf(one)[2]] ?? 0) + 1
    return { id, name, open: open.length, overdue: open.filter((one) => dueOf(one, now)?.state === 'missed').length, carded: open.filter((one) => one.card).length, asked: open.filter((one) => one.control).length, soon: 3, closed: list.length - open.length, core }
  }

  /** @returns undefined when the address is not ours */
  function reply(path, query, now) {
    const all = [...items.values()]
    if (path === '/api/items') {
      const found = all.filter((one) => fits(one, query, now)).sort((a, b) => Date.parse(dueOf(a, now)?.at ?? '9999-01-01') - Date.parse(dueOf(b, now)?.at ?? '9999-01-01'))
      const from = Number(query.get('from') ?? 0)
      return { total: found.length, at: iso(now), rows: found.slice(from, from + Number(query.get('limit') ?? 100)).map((one) => row(one, now)) }
    }
    if (path === '/api/items/choices') return { areas: AREAS, bodies: BODIES, persons: Object.values(PERSONS).map((one) => ({ ...one, body: '示例单位' })) }
    if (path === '/api/items/summary')
      return {
        at: iso(now), programmes: PROGRAMMES.map((one) => partOf(one.name, one.title, all.filter((item) => item.task === (one.name !== 'hazards')), now)), bodies: [partOf('B-1', BODIES[3].name, all.filter((one) => one.at > 2), now)],
        worst: all.filter((one) => dueOf(one, now)?.state === 'missed').slice(0, 5).map((one) => row(one, now)),
      }
    if (path === '/api/programmes') return PROGRAMMES
    if (path.endsWith('/series')) return [3, 5, 4, 8, 13, 9, 6, 7, 12, 22, 31, 18].map((value, n) => ({ from: `${n < 5 ? 2025 : 2026}-${String(((n + 7) % 12) + 1).padStart(2, '0')}-01`, to: '', value: n === 2 ? null : String(value) }))
    if (path.endsWith('/limits'))
      return {
        limits: [{ kind: 'hazard', kind_name: '隐患', clock: 'rectify', name: '整改时限', amount: 15, unit: 'days', basis: 'local', reference: '', certainty: 'example', most: 0, running: 7, changed: '' }, { kind: 'hazard', kind_name: '隐患', clock: 'verify', name: '核查时限', amount: 10, unit: 'days', basis: 'rule', reference: 'on-site check within 10 days of the request', certainty: 'medium', most: 0, running: 3, changed: 'L9' }],
        changes: [{ change: 'L12', kind_name: '隐患', name: '整改时限', was: '15 days', amount: 10, unit: 'days', reason: '汛期从紧', by: '黄示一', person: 'P007', at: '2026-07-01T01:00:00Z', state: 'proposed', decided_by: '', why: '', decided_at: null }, { change: 'L9', kind_name: '隐患', name: '核查时限', was: '15 days', amount: 10, unit: 'days', reason: '与规定一致', by: '黄示一', person: 'P007', at: '2026-06-01T01:00:00Z', state: 'approved', decided_by: '魏示三', why: '', decided_at: '2026-06-02T01:00:00Z' }],
      }
    if (path.endsWith('/settings')) return SETTINGS
    if (path.endsWith('/published'))
      return [{ report: 'R7', programme: 'hazards', from: '2026-01-01', to: '2026-06-30', as_of: '2026-06-30', at: '2026-07-01T01:00:00Z', by: '张示一', version: '1.0', text: { 'zh-CN': '今年1至6月，全市共排查发现隐患58处（示例）。', en: 'From January to June 58 hidden hazards were found (sample).' }, figures: [{ id: 'found', name: '发现隐患数', unit: 'count', value: '58', at_least: false, items: [], now: '59', revised: true, added: ['YH-330482101-2026-059'], gone: [] }, { id: 'round_rate', name: '排查完成率', unit: 'percent', value: '92.5', at_least: false, items: [], now: '92.5', revised: false, added: [], gone: [] }] }]
    if (path.endsWith('/ledger/preview'))
      return {
        sha256: 'cd'.repeat(32), sheets: ['2026', '2025'], sheet: '2026', header: LEDGER, columns: COLUMNS.map(([column, name, needed, from]) => ({ column, name, needed, from })), words: [{ column: 'state', word: '已整改', allowed: ['登记', '整改中', '销号'] }], rows: 3, open: 0, ended: 0, shown: [],
        faults: [{ line: 4, column: '整改情况', value: '已整改', text: '整改情况“已整改”不认识；可用：登记, 整改中, 销号。请改正。' }, { line: 5, column: '发现日期', value: '2026-13-01', text: '发现日期“2026-13-01”不是日期。请写成 2026-06-01。' }],
      }
    if (path === '/api/documents') return [{ document: DOCUMENT.document, name: DOCUMENT.name, characters: NOTICE.length, at: DOCUMENT.at, by: DOCUMENT.by, items: 1, dropped: 1 }]
    if (path.startsWith('/api/documents/')) return DOCUMENT
    if (path.endsWith('/report'))
      return {
        programme: 'hazards', from: query.get('from'), to: query.get('to'), as_of: query.get('as_of'),
        figures: [{ id: 'found', name: '发现隐患数', unit: 'count', value: String(all.length), at_least: false, items: all.map((one) => one.number), target: { year: 2026, town: '', name: '', aim: '80', value: '60', at_least: false, share: '75.0', example: true }, towns: [{ year: 2026, town: '330482101', name: '示例镇甲', aim: '20', value: '12', at_least: false, share: '60.0', example: false }] }, { id: 'open_now', name: '未销号数', unit: 'count', value: String(all.filter((one) => one.at < 8).length), at_least: false, items: [] }, { id: 'round_rate', name: '排查完成率', unit: 'percent', value: null, at_least: false, items: [] }],
        text: { 'zh-CN': '今年1至7月，全市共排查发现隐患若干处（示例）。', en: 'From January to July hidden hazards were found (sample).' },
      }
    const one = items.get(/^\/api\/items\/(\w+)$/.exec(path)?.[1] ?? '')
    return one && whole(one, now)
  }

  /** @returns the refusal, or nothing when it is done */
  function act_(deed, body, now) {
    const one = items.get(body.item)
    if (deed === 'open-item') return put(items.size)
    if (deed === 'move-item' && body.step === 'close') return OWN
    if (deed === 'move-item' && body.step === 'rework') Object.assign(one, { at: 5, rework: one.rework + 1 })
    else if (deed === 'move-item') {
      const before = stageOf(one)[0]
      one.at++
      one.acts = [...one.acts, act(body.step, before, stageOf(one)[0], now, PERSONS.P003)]
    } else if (deed === 'confirm-control') one.control = ''
    else if (deed === 'answer-card' || deed === 'cancel-card') one.card = false
    return undefined
  }

  return { reply, act: act_ }
}
