import type { ItemDeed } from './http'
import type { Problem } from './types'

/** What the server says of items (事项), word for word. Times are ISO 8601 with Z. */
export interface Named {
  id: string
  name: string
}

/** A filter of the work list as it stands in the address; every part may be missing. */
export type Asked = Partial<
  Record<'programme' | 'state' | 'area' | 'body' | 'mine' | 'overdue' | 'carded' | 'asked' | 'q' | 'sort' | 'figure' | 'since' | 'to' | 'as_of' | 'known_on' | 'from' | 'limit', string>
>

export interface Due {
  clock: string
  name: string
  at: string
  /** Before anything was extended. */
  first_at: string
  since: string
  /** The calendar of that year is not known yet. */
  provisional: boolean
  state: 'running' | 'missed' | 'met' | 'paused' | 'cancelled'
}

export interface Card {
  card: string
  name: string
  level: string
  persons: Named[]
  reason: string
  due_at: string
  issued_at: string
  answer_by: string | null
  how: 'open' | 'answered' | 'unanswered' | 'cancelled'
  by: Named
  text: string
  ended_at: string | null
}

/** What a warning asked. */
export interface Control {
  signal: string
  ask: string
  persons: Named[]
  due_at: string
  how: 'asked' | 'confirmed' | 'missed' | 'lifted'
  by: Named
  text: string
  ended_at: string | null
}

export interface ItemRow {
  item: string
  number: string
  title: string
  programme: Named
  kind: Named
  stage: Named
  core: string
  level: Named
  area: Named
  lead: Named
  supervising: Named
  opened_at: string
  changed_at: string
  closed_at: string | null
  due: Due | null
  cards: Card[]
  controls: Control[]
  rework: number
  /** Longitude and latitude as 121.015,30.678, or empty. */
  place: string
}

export interface ItemsPage {
  total: number
  at: string
  rows: ItemRow[]
}

export type FieldType = 'text' | 'choice' | 'integer' | 'decimal' | 'date' | 'moment' | 'flag' | 'place' | 'area' | 'person' | 'file'

export interface ItemField {
  id: string
  name: string
  type: FieldType
  unit: string
  required: boolean
  choices: Named[]
  value: string
  shown: string
}

export interface Step {
  step: string
  name: string
  to: Named
  by: string[]
  fields: string[]
  evidence: Named[]
  bodies: boolean
  /** The usual bodies of the item's town where the step names bodies. */
  lead: Named
  supervising: Named
  reason: boolean
  on_site: boolean
  approval: string
  approved_by: Named | null
  /** By which rule I may not; null: I may, once I bring what it needs. */
  refused: Problem | null
}

/** What there is to do beside the steps. */
export interface Beside {
  deed: ItemDeed
  /** The step, clock, card or signal that it is about, or empty. */
  of: string
  /** That may be filled with it. */
  fields: string[]
  /** By which rule I may not; null: I may. */
  refused: Problem | null
}

export interface ItemAct {
  step: string
  name: string
  from: Named
  to: Named
  by: Named
  role: string
  on_behalf_of: Named
  body: string
  recorded_at: string
  happened_at: string
  reason: string
}

export interface Proof {
  need: string
  name: string
  sha256: string
  file: string
  taken_at: string
  place: string
  by: Named
  recorded_at: string
  /** Empty when the file is not kept here. */
  type: string
}

export interface Extension {
  clock: string
  name: string
  days: number
  by: Named
  reason: string
  decide_by: string
}

export interface ItemWhole {
  row: ItemRow
  fields: ItemField[]
  assisting: Named[]
  steps: Step[]
  beside: Beside[]
  clocks: Due[]
  extensions: Extension[]
  acts: ItemAct[]
  proofs: Proof[]
  source: string
  parent: string
  children: string[]
  paused_for: string
}

export interface Kind {
  id: string
  name: string
  loop: boolean
  stages: Named[]
  fields: ItemField[]
}

export interface Programme {
  name: string
  title: string
  version: string
  roles: Named[]
  kinds: Kind[]
  indicators: Named[]
  /** A ledger file may be taken over. */
  imports: boolean
}

/** A ledger file as it would be taken over. */
export interface LedgerPreview {
  sha256: string
  sheets: string[]
  sheet: string
  header: string[]
  /** from: a column of the file, or = and a text for every row, or empty */
  columns: { column: string; name: string; needed: boolean; from: string }[]
  words: { column: string; word: string; allowed: string[] }[]
  rows: number
  open: number
  ended: number
  shown: { line: number; id: string; kind: string; said: string; stage: string; title: string }[]
  faults: { line: number; column: string; value: string; text: string }[]
}

export interface DocumentRow {
  document: string
  name: string
  characters: number
  at: string
  by: string
  items: number
  dropped: number
}

/** A sentence that demands something; characters of the text from 0. */
export interface Draft {
  text: string
  from: number
  to: number
  words: string[]
  bodies: { name: string; role: string; from: number; to: number }[]
  /** date: null when the text does not say enough to know it */
  deadline: { text: string; from: number; to: number; date: string | null } | null
  items: { item: string; number: string; title: string }[]
  dropped: { reason: string; by: string; at: string } | null
}

export interface DocumentRead {
  document: string
  name: string
  at: string
  by: string
  text: string
  drafts: Draft[]
  figures: { text: string; value: string; unit: string; from: number; to: number }[]
  others: { item: string; number: string; title: string }[]
}

/** A figure as it was published, and as it comes out now for the same days. */
export interface FrozenFigure extends Figure {
  now: string | null
  revised: boolean
  added: string[]
  gone: string[]
}

export interface Published {
  report: string
  programme: string
  from: string
  to: string
  as_of: string
  at: string
  by: string
  version: string
  figures: FrozenFigure[]
  text: Record<string, string>
}

export interface Limit {
  kind: string
  kind_name: string
  clock: string
  name: string
  amount: number
  unit: string
  basis: 'law' | 'rule' | 'local'
  reference: string
  certainty: string
  /** What the law gives at most, or 0. */
  most: number
  running: number
  changed: string
}

export interface LimitChange {
  change: string
  kind_name: string
  name: string
  was: string
  amount: number
  unit: string
  reason: string
  by: string
  person: string
  at: string
  state: 'proposed' | 'approved' | 'refused'
  decided_by: string
  why: string
  decided_at: string | null
}

export interface LimitsState {
  limits: Limit[]
  changes: LimitChange[]
}

export interface ListChoice {
  id: string
  zh: string
  en: string
  retired: boolean
  /** Items with it that have not ended. */
  open: number
}

export interface ChoiceList {
  id: string
  fields: string[]
  /** Steps and levels that go by it: a new value is the engineer's. */
  steps: string[]
  choices: ListChoice[]
}

export interface TargetSet {
  indicator: string
  year: number
  town: string
  town_name: string
  value: string
  basis: string
  certainty: 'high' | 'medium' | 'example' | 'set'
}

export interface Words {
  place: string
  group: 'title' | 'role' | 'kind' | 'field' | 'stage' | 'move' | 'evidence' | 'clock' | 'rung' | 'linkage' | 'rule' | 'choice' | 'indicator' | 'report'
  of: string
  zh: string
  en: string
}

export interface UsualBodies {
  kind: string
  town: string
  town_name: string
  lead: Named
  supervising: Named
}

export type What = 'choice-added' | 'choice-retired' | 'choice-returned' | 'target' | 'words' | 'bodies'

/** A change of a programme, as a message: what it is and its values. */
export type Amendment = { what: What } & Record<string, string | number>

export interface SettingChange {
  change: string
  what: What
  title: string
  /** Words in Chinese and English, a number, or the lead and the supervising body; empty where nothing stood. */
  was: string[]
  to: string[]
  reason: string
  by: string
  person: string
  at: string
  state: 'proposed' | 'approved' | 'refused' | 'withdrawn'
  decided_by: string
  why: string
  decided_at: string | null
}

export interface SettingsState {
  lists: ChoiceList[]
  indicators: { id: string; name: string; unit: string; scale: number }[]
  targets: TargetSet[]
  words: Words[]
  kinds: Named[]
  usual: UsualBodies[]
  towns: Named[]
  bodies: Named[]
  placeholders: string[]
  changes: SettingChange[]
}

export interface SettingFault {
  code: string
  part: string
  line: number
  column: number
  found: string
  nearest: string
  allowed: string[]
  what: string
  todo: string
}

/** What a change would do. */
export interface SettingPreview {
  faults: SettingFault[]
  was: string[]
  to: string[]
  open: number
  using: number
  before: Record<string, string>
  after: Record<string, string>
  target: Reached | null
}

/** A figure of one month, null when it is not defined. */
export interface Month {
  from: string
  to: string
  value: string | null
}

/** Days of a report: as of one day, by what was known on another. */
export interface Span {
  from: string
  to: string
  as_of: string
  known_on: string
}

export interface ItemChoices {
  areas: { id: string; name: string; parent: string }[]
  bodies: Named[]
  persons: { id: string; name: string; body: string }[]
}

export interface SummaryPart {
  id: string
  name: string
  open: number
  overdue: number
  carded: number
  asked: number
  soon: number
  closed: number
  core: Record<string, number>
}

export interface ItemSummary {
  at: string
  programmes: SummaryPart[]
  bodies: SummaryPart[]
  worst: ItemRow[]
}

export interface Figure {
  id: string
  name: string
  unit: string
  value: string | null
  at_least: boolean
  items: string[]
  /** Of the programme as a whole, in the period's last year; null where none is set. */
  target?: Reached | null
  towns?: Reached[]
}

/** How far a target of a year is reached by the period's last day, counted from the first of January. */
export interface Reached {
  year: number
  /** As the items have it; empty for the whole programme. */
  town: string
  name: string
  aim: string
  value: string | null
  at_least: boolean
  /** Percent; null where it is not defined. */
  share: string | null
  /** The pack's example, which the city has not set. */
  example: boolean
}

export interface Report {
  programme: string
  from: string
  to: string
  as_of: string
  figures: Figure[]
  text: Record<string, string>
}

/** A file that the server keeps. Times and places are what the picture says of itself, or empty. */
export interface Stored {
  sha256: string
  size: number
  type: string
  taken_at: string | null
  place: string
}
