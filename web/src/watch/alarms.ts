import type { WatchState } from '@/api/types'
import { isOverdue, keyOf, rank } from './silence'

/** Three sounds, told apart without looking: new signal, person overdue, data or system lost; that no carrier sends sounds like the last. */
export type AlarmKind = 'signal' | 'overdue' | 'lost' | 'out'

export interface Alarm {
  kind: AlarmKind
  /** What it is about, in the words of the data. */
  about: string[]
  /** Of the people who are overdue, in the order of {@link about}. */
  keys?: string[]
}

/**
 * The alarms that still stand: whoever has been reached is named no longer, and an alarm about nobody is over.
 *
 * @param tells of whom the state can tell; whoever else was overdue stays named
 */
export function standing(alarms: readonly Alarm[], state: Pick<WatchState, 'silent'>, tells: (key: string) => boolean = () => true): Alarm[] {
  const silent = new Set(state.silent.map(keyOf))
  return alarms.flatMap((alarm) => {
    if (!alarm.keys) return [alarm]
    const left = alarm.keys.map((key, n) => ({ key, name: alarm.about[n]! })).filter(({ key }) => silent.has(key) || !tells(key))
    return left.length ? [{ ...alarm, keys: left.map(({ key }) => key), about: left.map(({ name }) => name) }] : []
  })
}

/** The alarms after new ones were found: of a kind there is one, and people once overdue stay named beside the new ones. */
export function joined(alarms: readonly Alarm[], found: readonly Alarm[]): Alarm[] {
  const grown = found.map((alarm) => {
    const before = alarms.find((old) => old.kind === alarm.kind)
    if (!alarm.keys || !before?.keys) return alarm
    const older = before.keys.map((key, n) => ({ key, name: before.about[n]! })).filter(({ key }) => !alarm.keys!.includes(key))
    return { ...alarm, keys: [...alarm.keys, ...older.map(({ key }) => key)], about: [...alarm.about, ...older.map(({ name }) => name)] }
  })
  return [...alarms.filter((old) => !found.some((alarm) => alarm.kind === old.kind)), ...grown]
}

/** Rain data older than this sound the alarm. */
export const DATA_LOST_S = 15 * 60

/** Remembers what has been seen, so that each new thing sounds once. The first state seen is the ground and makes no sound. */
export class AlarmWatch {
  private signals: Map<string, number> | undefined
  private alerts = new Set<string>()
  private overdue = new Set<string>()
  private stale = false
  private out = false

  see(state: WatchState, now: number, dataAgeS: number | null): Alarm[] {
    const first = this.signals === undefined
    const found = [this.seeSignals(state), this.seeOverdue(state, now), this.seeData(dataAgeS), this.seeCarriers(state)]
    return first ? [] : found.filter((alarm): alarm is Alarm => alarm !== undefined)
  }

  private seeSignals(state: WatchState): Alarm | undefined {
    const before = this.signals ?? new Map<string, number>()
    const grown = state.signals.filter((signal) => rank(signal.color) > (before.get(`${signal.hazard} ${signal.area}`) ?? 0))
    const newAlerts = state.alerts.filter((alert) => !this.alerts.has(alert.id))
    this.signals = new Map(state.signals.map((signal) => [`${signal.hazard} ${signal.area}`, rank(signal.color)]))
    this.alerts = new Set(state.alerts.map((alert) => alert.id))
    const about = [...grown, ...newAlerts].map((item) => item.area_name)
    return about.length ? { kind: 'signal', about: [...new Set(about)] } : undefined
  }

  private seeOverdue(state: WatchState, now: number): Alarm | undefined {
    const late = state.silent.filter((row) => isOverdue(row, now))
    const fresh = late.filter((row) => !this.overdue.has(keyOf(row)))
    this.overdue = new Set(late.map(keyOf))
    return fresh.length ? { kind: 'overdue', about: fresh.map((row) => row.name), keys: fresh.map(keyOf) } : undefined
  }

  private seeCarriers(state: WatchState): Alarm | undefined {
    const out = (state.findings ?? []).some((one) => one.kind === 'carriers-out')
    const fresh = out && !this.out
    this.out = out
    return fresh ? { kind: 'out', about: [] } : undefined
  }

  private seeData(ageS: number | null): Alarm | undefined {
    const stale = ageS !== null && ageS > DATA_LOST_S
    const fresh = stale && !this.stale
    this.stale = stale
    return fresh ? { kind: 'lost', about: [] } : undefined
  }
}
