import type { Color, DecidedAlert, Proposal, ResponseAction, Signal } from '@/api/types'
import { span } from '@/live/clock'
import { rank } from '@/watch/silence'

/** What follows when nobody decides: a key of the catalogue and the time left, which runs. */
export function follows(proposal: Pick<Proposal, 'then' | 'decide_by'>, now: number): { key: string; span: string } {
  if (!proposal.then || !proposal.decide_by) return { key: 'desk.then.none', span: '' }
  const left = Date.parse(proposal.decide_by) - now
  return left > 0 ? { key: `desk.then.${proposal.then}`, span: span(left) } : { key: 'desk.then.due', span: '' }
}

/** Signals in force that an entry would lower or lift. */
export const lowered = (signals: readonly Signal[], hazard: string, areas: readonly string[], color: Color): Signal[] =>
  signals.filter((one) => one.hazard === hazard && areas.includes(one.area) && rank(one.color) > rank(color))

/** Two parts, Chinese and English, are kept as one text with an empty line between them. */
export const joined = (zh: string, en: string): string => [zh.trim(), en.trim()].filter((part, n, all) => part && all.indexOf(part) === n).join('\n\n')

/** What has to be done soonest first, what is done last. */
export const byDeadline = (actions: readonly ResponseAction[]): ResponseAction[] =>
  [...actions].sort((a, b) => Number(!!a.at) - Number(!!b.at) || Date.parse(a.due) - Date.parse(b.due))

/** What an account looks at: only what is its own body's, or everything. */
export const shownActions = (actions: readonly ResponseAction[], own: boolean): ResponseAction[] => byDeadline(own ? actions.filter((one) => one.mine) : actions)

export function progress(actions: readonly ResponseAction[], now: number): { done: number; all: number; late: number } {
  return {
    done: actions.filter((action) => action.at).length,
    all: actions.length,
    late: actions.filter((action) => !action.at && Date.parse(action.due) < now).length,
  }
}

/** Share of the time to decide that is over, 0 to 1. */
export const spent = (since: string, until: string, now: number): number =>
  Math.min(1, Math.max(0, (now - Date.parse(since)) / Math.max(1, Date.parse(until) - Date.parse(since))))

/** Whether an order was opened because of it. */
export const opened = (alert: DecidedAlert): boolean => alert.called > 0
