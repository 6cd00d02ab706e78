import type { Amendment, Asked, DocumentRead, DocumentRow, ItemChoices, ItemsPage, ItemSummary, ItemWhole, LedgerPreview, LimitsState, Month, Programme, Published, Report, SettingPreview, SettingsState, Span, Stored } from './items'
import type { AnswerRows, AnswerState, AnswerTimes, Callee, CallPreview, CarrierRow, CoverageState, CopyState, DoorsState, ForecastDetail, ForecastState, LinesState, Me, PeopleFound, Problem, Recording, Repair, StationState, TimelineState, Waiting, WarnState, WatchState } from './types'

/** The server said no, or could not be reached (status 0). */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly problem: Problem,
  ) {
    super(problem.what)
  }
}

function cookie(name: string): string {
  const found = document.cookie.split('; ').find((part) => part.startsWith(name + '='))
  return found ? decodeURIComponent(found.slice(name.length + 1)) : ''
}

let language = 'zh-CN'

/** The language in which names and refusals are asked for. */
export function speak(asked: string): void {
  language = asked
}

async function problemOf(response: Response): Promise<Problem> {
  try {
    const body = await response.json()
    if (body?.error?.what) return body.error
  } catch {
    // not JSON: a proxy or a dying server
  }
  return { what: `HTTP ${response.status}` }
}

async function send(path: string, init: RequestInit = {}): Promise<Response> {
  let response: Response
  try {
    response = await fetch(path, { credentials: 'same-origin', cache: 'no-store', ...init })
  } catch {
    throw new ApiError(0, { what: 'unreachable' })
  }
  if (!response.ok) throw new ApiError(response.status, await problemOf(response))
  return response
}

async function read<T>(path: string): Promise<T> {
  return (await send(path, { headers: { Accept: 'application/json', 'Accept-Language': language } })).json()
}

async function write(path: string, body: unknown, method = 'POST', keepalive = false): Promise<unknown> {
  if (!cookie('XSRF-TOKEN')) await fetch('/api/me', { credentials: 'same-origin' }).catch(() => undefined)
  const headers: Record<string, string> = {
    Accept: 'application/json',
    'Content-Type': 'application/json',
    'Accept-Language': language,
    'X-XSRF-TOKEN': cookie('XSRF-TOKEN'),
  }
  const response = await send(path, { method, headers, body: JSON.stringify(body ?? {}), keepalive })
  const text = await response.text()
  return text ? JSON.parse(text) : null
}

const query = (parts: Record<string, string | undefined>) => {
  const known = Object.entries(parts).filter((part): part is [string, string] => !!part[1])
  return known.length ? '?' + new URLSearchParams(known) : ''
}

export type Deed =
  | 'take-shift'
  | 'arm-sound'
  | 'write-note'
  | 'reached-by-desk'
  | 'call-again'
  | 'escalate'
  | 'enter-signal'
  | 'decide-alert'
  | 'approve-proposal'
  | 'correct-signal'
  | 'retract-signal'
  | 'release-room'
  | 'decide-response'
  | 'report-action'
  | 'end-response'
  | 'reached-by-hand'
  | 'take-over'
  | 'reported-in-place'
  | 'start-drill'
  | 'test-answers'
  | 'end-drill'
  | 'overrule-doubt'
  | 'accept-reading'
  | 'try-forecast'
  | ItemDeed

/** What is done with items; which person may is the item's rule, not the role's. */
export type ItemDeed =
  | 'open-item'
  | 'move-item'
  | 'fill-item'
  | 'prove-item'
  | 'approve-item'
  | 'pause-item'
  | 'resume-item'
  | 'ask-extension'
  | 'decide-extension'
  | 'answer-card'
  | 'cancel-card'
  | 'confirm-control'
  | 'plan-item'
  | 'publish-figures'
  | 'drop-draft'
  | 'propose-limit'
  | 'decide-limit'
  | 'propose-amendment'
  | 'decide-amendment'

interface Taken {
  arrival?: number
  link?: string
  outcome?: { kind: string; what?: string; problem?: string } | null
}

/** A deed is recorded, or taken and still on its way (202): then its arrival is asked for a few seconds. @returns the number of its arrival */
async function act(deed: Deed, fields: Record<string, unknown> = {}, keepalive = false): Promise<number> {
  return recorded((await write(`/api/acts/${deed}`, fields, 'POST', keepalive)) as Taken)
}

async function recorded(first: Taken): Promise<number> {
  return (await ended(first, 8)).arrival
}

/** @returns whether the room has said what came of it after so many seconds */
async function ended(first: Taken, seconds: number): Promise<{ arrival: number; known: boolean }> {
  let reply = first
  const link = reply?.link
  const arrival = reply?.arrival
  for (let tries = 0; link && !reply?.outcome && tries < seconds; tries++) {
    await new Promise((wake) => setTimeout(wake, 1000))
    reply = await read(link)
  }
  const outcome = reply?.outcome
  if (outcome?.kind === 'Refused' || outcome?.kind === 'SetAside') {
    // the value is a key that the officer never typed; a set-aside arrival stands among the matters to look into
    throw new ApiError(409, { ...(outcome as object), what: outcome.what ?? '', value: '' })
  }
  return { arrival: arrival ?? 0, known: !link || !!outcome }
}

async function post(path: string, body: BodyInit, type?: string): Promise<Response> {
  if (!cookie('XSRF-TOKEN')) await fetch('/api/me', { credentials: 'same-origin' }).catch(() => undefined)
  const headers = { Accept: 'application/json', ...(type ? { 'Content-Type': type } : {}), 'Accept-Language': language, 'X-XSRF-TOKEN': cookie('XSRF-TOKEN') }
  return send(path, { method: 'POST', headers, body })
}

/** A file of evidence; its hash is what a deed names. It is on the server's disk when this comes back. */
async function upload(file: Blob, name: string): Promise<Stored> {
  return (await post('/api/evidence' + query({ name }), file, 'application/octet-stream')).json()
}

export const api = {
  me: () => read<Me>('/api/me'),
  signInByLink: (token: string) => write('/api/session/link', { token }),
  signIn: (name: string, password: string) => write('/api/session', { name, password }),
  setPassword: (old: string, password: string) => write('/api/me/password', { old, password }, 'PUT'),
  signOut: () => write('/api/session', {}, 'DELETE'),
  /** @param rows none: without the list of the silent */
  watch: (at?: string, rows?: 'none') => read<WatchState>('/api/watch' + query({ at, rows, lang: language })),
  waiting: () => read<Waiting[]>('/api/watch/waiting' + query({ lang: language })),
  timeline: (from: string, to: string) => read<TimelineState>('/api/watch/timeline' + query({ from, to, lang: language })),
  doors: () => read<DoorsState>('/api/doors'),
  carriers: () => read<{ carriers: CarrierRow[] }>('/api/carriers'),
  health: () => read<{ copy: CopyState | null }>('/api/health'),
  setClock: (station: string) => write(`/api/doors/stations/${encodeURIComponent(station)}/clock`, {}),
  warn: (at?: string) => read<WarnState>('/api/warn' + query({ at, lang: language })),
  preview: (areas: string[], color: string, hazard?: string) =>
    read<CallPreview>('/api/warn/preview' + query({ area: areas.join(','), color, hazard, lang: language })),
  station: (id: string, span: { at?: string; from?: string; to?: string }) =>
    read<StationState>(`/api/stations/${encodeURIComponent(id)}` + query({ ...span, lang: language })),
  picture: (id: string, sha256: string) => `/api/stations/${encodeURIComponent(id)}/pictures/${sha256}`,
  stationSheet: (id: string, span: { at?: string; from?: string; to?: string }, lang: string) =>
    `/api/stations/${encodeURIComponent(id)}/readings.xlsx` + query({ ...span, lang }),
  map: () => read<GeoJSON>('/api/map'),
  page: async (path: string) => (await send(path)).text(),
  forecasts: (at?: string) => read<ForecastState>('/api/forecasts' + query({ at, lang: language })),
  forecast: (run: string) => read<ForecastDetail>(`/api/forecasts/${encodeURIComponent(run)}` + query({ lang: language })),
  frames: async (run: string) => (await send(`/api/forecasts/${encodeURIComponent(run)}/frames` + query({ lang: language }), { cache: 'default' })).arrayBuffer(),
  text: async (at?: string) => (await send('/api/watch/text' + query({ at, lang: language }))).text(),
  silentSheet: (lang: string, at?: string) => '/api/watch/silent.xlsx' + query({ at, lang }),
  callee: (order: string, person: string, at?: string) =>
    read<Callee>(`/api/callees/${encodeURIComponent(order)}/${encodeURIComponent(person)}` + query({ at, lang: language })),
  recordings: (order: string, person: string) =>
    read<Recording[]>(`/api/callees/${encodeURIComponent(order)}/${encodeURIComponent(person)}/recordings` + query({ lang: language })),
  recording: (order: string, person: string, sha256: string) =>
    `/api/callees/${encodeURIComponent(order)}/${encodeURIComponent(person)}/recordings/${sha256}`,
  answer: () => read<AnswerState>('/api/answer' + query({ lang: language })),
  answerRows: (order: string, after: string, most: number) =>
    read<AnswerRows>('/api/answer/rows' + query({ order, after, most: String(most), lang: language })),
  answerChanges: (order: string, since: number) =>
    read<AnswerRows>('/api/answer/changes' + query({ order, since: String(since), lang: language })),
  answerTimes: () => read<AnswerTimes>('/api/answer/times' + query({ lang: language })),
  answerSheet: (order: string, lang: string) => '/api/answer/rows.xlsx' + query({ order, lang }),
  offlineList: (order: string, lang: string) => '/api/answer/offline.html' + query({ order, lang }),
  coverage: (polygon = '', area = '') => read<CoverageState>('/api/answer/coverage' + query({ polygon, area, lang: language })),
  repairs: () => read<Repair[]>('/api/answer/repairs' + query({ lang: language })),
  /** By letters, or everybody of a body, an area or a duty. */
  people: (asked: Partial<Record<'q' | 'body' | 'area' | 'duty', string>>) => read<PeopleFound>('/api/answer/people' + query(asked)),
  lines: (asked: Record<string, number>) =>
    read<LinesState>('/api/answer/lines' + query(Object.fromEntries(Object.entries(asked).map(([key, n]) => [key, n ? String(n) : undefined])))),
  items: (asked: Asked) => read<ItemsPage>('/api/items' + query({ ...asked, lang: language })),
  itemsSheet: (asked: Asked, lang: string) => '/api/items.xlsx' + query({ ...asked, lang }),
  item: (id: string) => read<ItemWhole>(`/api/items/${encodeURIComponent(id)}` + query({ lang: language })),
  itemChoices: () => read<ItemChoices>('/api/items/choices' + query({ lang: language })),
  itemSummary: () => read<ItemSummary>('/api/items/summary' + query({ lang: language })),
  programmes: () => read<Programme[]>('/api/programmes' + query({ lang: language })),
  report: (programme: string, span: Span) =>
    read<Report>(`/api/programmes/${encodeURIComponent(programme)}/report` + query({ ...span, lang: language })),
  reportFile: (programme: string, form: string, span: Span, lang: string) => `/api/programmes/${encodeURIComponent(programme)}/report.${form}` + query({ ...span, lang }),
  published: (programme: string) => read<Published[]>(`/api/programmes/${encodeURIComponent(programme)}/published` + query({ lang: language })),
  publishedFile: (programme: string, report: string, form: string, lang: string) =>
    `/api/programmes/${encodeURIComponent(programme)}/published/${encodeURIComponent(report)}.${form}` + query({ lang }),
  ledgerPreview: async (programme: string, form: FormData): Promise<LedgerPreview> =>
    (await post(`/api/programmes/${encodeURIComponent(programme)}/ledger/preview` + query({ lang: language }), form)).json(),
  ledgerTake: async (programme: string, form: FormData): Promise<{ known: boolean }> =>
    ended(await (await post(`/api/programmes/${encodeURIComponent(programme)}/ledger` + query({ lang: language }), form)).json(), 60),
  limits: (programme: string) => read<LimitsState>(`/api/programmes/${encodeURIComponent(programme)}/limits` + query({ lang: language })),
  settings: (programme: string) => read<SettingsState>(`/api/programmes/${encodeURIComponent(programme)}/settings` + query({ lang: language })),
  settingPreview: (programme: string, amendment: Amendment) =>
    write(`/api/programmes/${encodeURIComponent(programme)}/settings/preview` + query({ lang: language }), amendment) as Promise<SettingPreview>,
  proposedPreview: (programme: string, change: string) => read<SettingPreview>(`/api/programmes/${encodeURIComponent(programme)}/settings/${change}/preview` + query({ lang: language })),
  series: (programme: string, figure: string, to: string) => read<Month[]>(`/api/programmes/${encodeURIComponent(programme)}/series` + query({ figure, to, lang: language })),
  documents: () => read<DocumentRow[]>('/api/documents' + query({ lang: language })),
  document: (id: string) => read<DocumentRead>(`/api/documents/${encodeURIComponent(id)}` + query({ lang: language })),
  readDocument: async (file: Blob, name: string): Promise<DocumentRead> => (await post('/api/documents' + query({ name, lang: language }), file, 'application/octet-stream')).json(),
  evidence: (item: string, sha256: string) => `/api/items/${encodeURIComponent(item)}/evidence/${sha256}`,
  tracePage: (item: string, lang: string) => `/api/items/${encodeURIComponent(item)}/trace.html` + query({ lang }),
  tracePdf: (item: string, lang: string) => `/api/items/${encodeURIComponent(item)}/trace.pdf` + query({ lang }),
  traceNear: (place: string, when: string, metres: number, lang: string) => `/api/trace/places/${place}.html` + query({ when, metres: String(metres), lang }),
  traceBook: (of: 'persons' | 'bodies' | 'incidents', id: string, form: string, lang: string) => `/api/trace/${of}/${encodeURIComponent(id)}.${form}` + query({ lang }),
  traceFile: (item: string) => `/api/items/${encodeURIComponent(item)}/trace.jsonl`,
  upload,
  act,
}

export interface GeoJSON {
  type: string
  features: { properties: Record<string, unknown> }[]
}
