import type { Check } from '@/api/types'

/** What came longer ago than a shift folds away. */
export const OLD_MS = 12 * 3600_000

const GROUPS = ['would-raise', 'station-doubted', 'contact', 'set-aside', 'suspect', 'refused', 'receipt', 'station-silent'] as const
export type CheckGroup = (typeof GROUPS)[number]

/** The kinds told apart on the screen: which field of a reading was wrong does not make another kind. */
export function groupOf(check: Pick<Check, 'kind'>): CheckGroup | string {
  if (check.kind === 'refused-key') return 'receipt'
  return /^(refused|suspect)-/.exec(check.kind)?.[1] ?? check.kind
}

/** What was wrong with a reading, or nothing. */
export const wrongOf = (check: Pick<Check, 'kind'>): string | undefined =>
  groupOf(check) === 'receipt' ? undefined : /^(?:refused|suspect)-(.+)$/.exec(check.kind)?.[1]

/** What stands until somebody puts it right: nobody is reached by a wrong number, nothing is believed of a doubted station. */
const STANDING = ['contact', 'station-doubted']

export function parted(checks: readonly Check[], now: number): { fresh: Check[]; old: Check[] } {
  const old = (check: Check) => {
    const at = check.last ?? check.since
    return !STANDING.includes(check.kind) && (!at || now - Date.parse(at) > OLD_MS)
  }
  return { fresh: checks.filter((check) => !old(check)), old: checks.filter(old) }
}

/** How many of each kind, in a fixed order; like ones that came as one count as they came. */
export function tally(checks: readonly Check[]): { group: string; n: number }[] {
  const counts = new Map<string, number>()
  for (const check of checks) counts.set(groupOf(check), (counts.get(groupOf(check)) ?? 0) + check.count)
  const place = (group: string) => (GROUPS as readonly string[]).indexOf(group)
  return [...counts].map(([group, n]) => ({ group, n })).sort((a, b) => place(a.group) - place(b.group))
}
