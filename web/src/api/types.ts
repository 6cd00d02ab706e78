/** What the server answers, word for word. Times are ISO 8601 with Z. */
export type Color = 'none' | 'blue' | 'yellow' | 'orange' | 'red'
export type Channel = 'text' | 'voice' | 'chat' | 'speaker' | 'mail' | 'internal'

export interface Basis {
  station: string
  station_name: string
  quantity: 'rain' | 'level' | 'depth'
  /** Hours of the window of rain; 0 for a level or depth as it stands, 1 for its rise in an hour. */
  window_h: number
  value: number
  unit: string
  at: string
}

export interface Signal {
  id: string
  hazard: string
  color: Color
  area: string
  area_name: string
  issued_at: string
  source: string
  text: string
  action: string
  basis: Basis[]
}

/** 实况提醒, open until decided. */
export interface Alert {
  id: string
  hazard: string
  color: Color
  was: Color
  area: string
  area_name: string
  raised_at: string
  decide_by: string | null
  basis: Basis[]
  source: string
  text: string
  /** By a forecast: nothing of it has been measured yet. */
  expected?: boolean
}

export interface Order {
  id: string
  color: Color
  area: string
  area_name: string
  opened_at: string
  closed_at: string | null
  called: number
  answered: number
  taken_over: number
  silent: number
  notice: string
  not_received: { person: string; name: string }[]
}

export interface Next {
  what: 'self' | 'deputy' | 'superior' | 'officer'
  name: string
  at: string
}

/** A callee who has not answered. */
export interface Silent {
  order: string
  person: string
  name: string
  post: string
  body: string
  area: string
  area_name: string
  color: Color
  since: string
  state: 'calling' | 'exhausted'
  round: number
  rounds: number
  last: { channel: Channel; state: string; at: string } | null
  next: Next | null
  items: { duty: string; area_name: string }[]
}

export interface Sums {
  h1: number
  h3: number
  h6: number
  h12: number
  h24: number
}

export interface Area {
  code: string
  name: string
  level: Color
  signal: Color
  falling_since: string | null
  rain: Sums | null
}

export interface Station {
  id: string
  name: string
  lon: number
  lat: number
  area: string
  rain: Sums | null
  last_at: string | null
  silent: boolean
}

export interface Extreme {
  mm: number
  station: string
  name: string
  area_name: string
}

export interface Shift {
  officer: string
  since: string
  sound_armed: boolean
}

export interface Note {
  at: string
  by: string
  text: string
}

/** A matter to be looked into; like ones are one row. */
export interface Check {
  /** station-silent, station-doubted, contact, set-aside, or refused-FIELD, suspect-FIELD of a reading */
  kind: string
  /** Its id, when it is about one; else empty. */
  station: string
  subject: string
  about: string
  since: string | null
  last: string | null
  count: number
  detail: string
}

export interface WatchState {
  at: string
  live: boolean
  fact: number
  now: string
  speed: number
  held: boolean
  data_age_s: number | null
  signals: Signal[]
  alerts: Alert[]
  orders: Order[]
  silent: Silent[]
  last_answer: { name: string; at: string; taken_over: boolean } | null
  areas: Area[]
  stations: Station[]
  extremes: { h1: Extreme | null; h3: Extreme | null; h24: Extreme | null }
  shift: Shift | null
  notes: Note[]
  silent_stations: number
  restarted: { at: string; seconds: number; lost: number } | null
  findings: { kind: 'no-boundaries' | 'no-carrier' | 'carrier-trouble' | 'carriers-out' | 'lines-few' | 'disk-low' | 'disk-reserve' | 'clock-jumped' | 'clock-ahead' | 'copy-behind' | 'copy-same-disk'; about: string }[]
  checks: Check[]
}

/** A message that waits in a held room. */
export interface Waiting {
  channel: string
  name: string
  text: string
  since: string
}

export interface Me {
  name: string
  /** Whether the account has one; else it signs in by one-time links. */
  password: boolean
  roles: string[]
  areas: string[]
  /** Of the register, for whom the account acts on items. */
  person?: { id: string; name: string; body: string; body_name: string; body_name_en: string } | null
  /** Whether it has to do with storms. */
  storms?: boolean
  room: {
    id: string
    name: string
    demo: boolean
    issuer: 'HEADQUARTERS' | 'WEATHER_OFFICE'
    banner: string
    banner_en: string
    schematic: boolean
    /** Whether it has ground over which forecasts are made. */
    forecasts?: boolean
    criteria?: { name: string; version: string; title_zh: string; title_en: string; draft: boolean }
    speed: number
  }
}

export type MarkKind = 'signal' | 'order' | 'answered' | 'note' | 'restart' | 'alert' | 'cap' | 'response' | 'station' | 'forecast'

export interface Mark {
  at: string
  kind: MarkKind
  color?: Color
  text: string
}

export interface TimelineState {
  from: string
  to: string
  rain: { at: string; max_mm: number; mean_mm: number }[]
  marks: Mark[]
}

export interface Attempt {
  channel: Channel
  to: string
  round: number
  planned_at: string
  submitted_at: string | null
  state: string
  detail: string
}

export interface Callee {
  attempts: Attempt[]
}

export interface Problem {
  code?: string
  what: string
  value?: string
  allowed?: string
  todo?: string
}

/** A station as a door heard it; drift is its clock less ours. */
export interface HeardStation {
  address: string
  station: string | null
  last_at: string
  frames: number
  missing: number
  drift_s: number | null
  voltage: string
}

export interface DoorState {
  door: 'sl651' | 'mqtt' | 'http' | 'sensorthings'
  status: 'UP' | 'DOWN'
  where: string
  connections: number
  frames: number
  last_at: string | null
  faults: Record<string, number>
  stations_heard: number
  stations: HeardStation[]
}

/** The continuous copy at another place; null where none was asked for. */
export interface CopyState {
  status: 'UP' | 'DOWN' | 'STARTING'
  loss_window_s: number
  base_at: string | null
}

export interface DoorsState {
  doors: DoorState[]
  tokens: { source: string; permission: string; made_at: string }[]
}

/** How a carrier does now. */
export interface CarrierRow {
  name: string
  channels: { channel: Channel; waiting: number }[]
  weight: number
  share: number
  state: 'well' | 'returning' | 'silent' | 'failing' | 'own'
  /** What its own words mean, where the state is own. */
  own: '' | 'cipher' | 'login' | 'name' | 'busy' | 'unreached' | 'ended' | 'answers' | 'other'
  why: string
  since: string | null
  in_hand: number
  window: number
  untold: number
  receipts: { arrived: number; of: number } | null
  canary: { tried_at: string | null; told_at: string | null } | null
}

export interface PersonFound {
  person: string
  name: string
  post: string
  body: string
  at: string
}

export interface PersonGroup {
  kind: 'body' | 'area' | 'duty'
  id: string
  name: string
  people: number
}

export interface PeopleFound {
  found: number
  people: PersonFound[]
  groups: PersonGroup[]
}

/** A CAP message of another warning centre. */
export interface WarnMessage {
  key: string
  sender: string
  identifier: string
  sent: string
  heard_at: string
  by: string
  status: string
  type: string
  signature: string
  headline: string
  verdict: string
  ended: string
  in_force: boolean
  ends: string | null
  /** when it, or its next part, comes into force */
  begins: string | null
  disputed: number
  brought: { area: string; name: string; hazard: string; color: Color }[]
  orders: { area_name: string; called: number; silent: number; open: boolean }[]
  responses: { area_name: string; level: number; state: string }[]
  remarks: string[]
}

export interface ResponseAction {
  id: string
  department: string
  /** of the body that the account belongs to */
  mine: boolean
  text: string
  due: string
  by: string
  report: string
  at: string | null
  /** when it came due without a report and its body was reminded */
  urged_at: string | null
  /** when the leader was called about it */
  escalated_at: string | null
}

/** An emergency response; level 1 (I) is the highest. */
export interface ResponseRow {
  id: string
  hazard: string
  color: Color
  area: string
  area_name: string
  level: number
  proposed_at: string
  decide_by: string | null
  plan: string
  state: 'proposed' | 'overdue' | 'started' | 'declined' | 'withdrawn' | 'ended'
  decided_level: number
  decided_by: string
  reason: string
  decided_at: string | null
  actions: ResponseAction[]
}

/** An alert that waits for a decision: in a weather-office room the proposal of a signal. */
export interface Proposal {
  id: string
  hazard: string
  color: Color
  was: Color
  area: string
  area_name: string
  raised_at: string
  decide_by: string | null
  /** Who proposed it by hand; empty: the rule did. */
  by: string
  own: boolean
  criteria: string
  rule: string
  source: string
  basis: Basis[]
  single: boolean
  said: string
  text: string
  zh: string
  en: string
  then: 'call-order' | 'issue' | ''
  called: boolean
  people: number
  /** By a forecast: nothing of it has been measured yet. */
  expected?: boolean
}

export interface DecidedAlert {
  id: string
  hazard: string
  color: Color
  area_name: string
  raised_at: string
  decision: string
  by: string
  at: string | null
  called: number
  silent: number
}

export interface WarnState {
  room: { issuer: 'HEADQUARTERS' | 'WEATHER_OFFICE'; decide_within_s: number; approve_after_s: number | null; hazards: string[] }
  proposals: Proposal[]
  decided: DecidedAlert[]
  messages: WarnMessage[]
  responses: ResponseRow[]
  feeds: { name: string; url: string; read_at: string | null; trouble: string; messages: number; refused: number }[]
}

export interface CallPreview {
  called: boolean
  people: number
  first: { name: string; post: string; area: string }[]
  /** The words of the signal from the template. */
  zh: string
  en: string
}

export interface StationReading {
  observed_at: string
  recorded_at: string
  value: number
  suspect: boolean
  flags: { check: string; why: string }[]
  accepted: { by: string; reason: string; at: string } | null
  acceptable: boolean
}

export interface StationRule {
  color: Color
  how: 'sum' | 'stands' | 'rise'
  minutes: number
  base: 'warning' | 'guaranteed' | 'ground' | ''
  offset: number
  value: number | null
  least: number | null
  reached: boolean
}

export interface StationPicture {
  sha256: string
  observed_at: string | null
  received_at: string
  bytes: number
}

/** A check by which the station is not believed. */
export interface StationDoubt {
  check: string
  since: string
  why: string
  silences: boolean
  overruled_by: string
  reason: string
  overruled_at: string | null
}

export interface StationState {
  at: string
  fact: number
  id: string
  name: string
  kind: 'rain' | 'level' | 'depth'
  unit: string
  lon: number
  lat: number
  area: string
  area_name: string
  interval_min: number
  silent: boolean
  last: StationReading | null
  sums: Sums | null
  rise: { per_hour: number; change: number; minutes: number } | null
  thresholds: { warning: number; guaranteed: number; datum: string; national: number; source: string } | null
  rules: StationRule[]
  criteria: { name: string; version: string; source: string } | null
  doubts: StationDoubt[]
  events: { at: string; what: string; check: string; value: string; observed_at: string | null; by: string; text: string }[]
  from: string
  to: string
  /** The latest first. */
  readings: StationReading[]
  cut: boolean
  /** That came within the span, the latest first; observed_at by the station's clock, without zone. */
  pictures: StationPicture[]
}

export interface AnswerOrder {
  id: string
  aim: 'warning' | 'drill' | 'answer-test'
  exercise: boolean
  hazard: string
  color: Color
  area: string
  area_name: string
  opened_at: string
  closed_at: string | null
  closed: string
  called: number
  answered: number
  taken_over: number
  silent: number
  in_place: number
  /** Seconds within which a second report is asked for. */
  report_within: number | null
  rule: {
    by: string
    people: number
    areas: number
    must: string[]
    judged: { met: boolean; called: number; reached: number; areas: number; areas_reached: number; missing: string[] } | null
  } | null
  notice: string
  not_received: number
}

export interface AnswerState {
  at: string
  fact: number
  orders: AnswerOrder[]
  offline: { out: boolean; channels: string[] }
}

/** A callee in the matrix; {@code tries} in the order of planning. */
export interface AnswerRow {
  person: string
  name: string
  post: string
  body: string
  town: string
  town_name: string
  place: string
  duty: string
  more: number
  color: Color
  since: string
  state: string
  escalated: boolean
  round: number
  rounds: number
  next: Next | null
  settled_at: string | null
  by: string
  channel: string
  witness: string
  report_by: string | null
  in_place_at: string | null
  tries: { channel: Channel; to: string; round: number; at: string; state: string }[]
}

/** What a called person said in a call, where that is kept. */
export interface Recording {
  sha256: string
  to: string
  at: string
  seconds: number
  until: string
}

export interface AnswerRows {
  fact: number
  rows: AnswerRow[]
  next: string
}

/** Seconds; null where nobody answered. */
export interface TimeLine {
  name: string
  label: string
  called: number
  answered: number
  p50: number | null
  p90: number | null
  p99: number | null
}

export interface AnswerTimes {
  all: TimeLine
  by_color: TimeLine[]
  by_town: TimeLine[]
  by_duty: TimeLine[]
  by_channel: TimeLine[]
}

export interface Hole {
  kind: string
  place: string
  name: string
  town_code: string
  town: string
  named: string[]
  verified: string[]
  /** longitude and latitude of a site; empty of an area */
  at: number[]
}

export interface CoverageTown {
  town: string
  name: string
  people: number
  reachable: number
  verified: number
  tested_at: string | null
  called: number
  answered: number
  due: boolean
}

export interface CoverageState {
  areas: Hole[]
  /** areas that nobody has drawn: in the polygon or not */
  unplaced: Hole[]
  sites: Hole[]
  towns: CoverageTown[]
  needed: number
  test_every_days: number
}

export interface Repair {
  person: string
  name: string
  post: string
  channel: Channel
  why: 'disputed' | 'failing'
  tries: number
  last: string
}

/** Seconds from the opening of the order. */
export interface LinesState {
  lines: number
  needed: number
  rows: { color: Color; people: number; half_rung: number; all_rung: number; due: number; reached: number; calls: number; kept: boolean }[]
  source: string
  /** Lines that the plan reckons with, and that the trunks have: 0 where none says. */
  planned: number
  there: number
}

export interface ForecastBox {
  west: number
  south: number
  east: number
  north: number
  cell_m: number
}

export interface ForecastRun {
  run: string
  what_if: { rain_percent: number; pumps_off: boolean; tide_milli: number; similar_storm: boolean }
  live: boolean
  by: string
  asked_at: string
  start: string
  until: string
  deadline: string
  state: 'asked' | 'made' | 'failed'
  why: string
  from: 'state' | 'dry' | ''
  state_at: string
  cells: number
  wall_ms: number
  gauges: number
  rain_max_mm: number
  rain_mean_mm: number
  flooded: number
  deepest_mm: number
  ended_at: string | null
}

export interface ForecastSkill {
  lead_min: number
  basis: 'gauge' | 'model'
  hits: number
  misses: number
  false_alarms: number
  calm: number
  pod: number | null
  far: number | null
  bias_mm: number | null
}

export interface ForecastState {
  at: string
  plan: {
    ground: string
    synthetic: boolean
    every_min: number
    horizon_min: number
    step_min: number
    deadline_min: number
    half_life_min: number
    flood_mm: number
  } | null
  box: ForecastBox | null
  next: string | null
  failures: number
  runs: ForecastRun[]
  skill: ForecastSkill[]
  expected: { area: string; name: string; color: Color }[]
  /** Whether the map of depths may be seen. */
  maps: boolean
}

export interface ForecastSite {
  id: string
  name: string
  kind: string
  area: string
  area_name: string
  lon: number | null
  lat: number | null
  depths_mm: number[]
  peak_mm: number
  peak_at: string
  floods_at: string | null
}

export interface ForecastDetail {
  run: ForecastRun
  step_min: number
  sites: ForecastSite[]
}
