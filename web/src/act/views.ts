import type { Asked } from '@/api/items'
import { keep, kept } from '@/live/kept'

/** A filter with a name (视图). */
export interface View {
  name: string
  asked: Asked
}

/** What the address may say of the list; anything else in it is not ours. */
export const PARTS = ['programme', 'state', 'area', 'body', 'mine', 'overdue', 'carded', 'asked', 'q', 'sort', 'figure', 'since', 'to', 'as_of', 'known_on'] as const

/** The core states, in the order of the loop. */
export const CORES = ['DRAFT', 'REGISTERED', 'ASSESSING', 'ASSIGNED', 'ACCEPTED', 'PLANNED', 'IN_HAND', 'SUBMITTED', 'VERIFYING', 'WAITING', 'SUSPENDED', 'REOPENED', 'CLOSED', 'VOID', 'TRANSFERRED']

/** Views that everybody has, by the key of their name. */
export const USUAL: View[] = [
  { name: 'open', asked: {} },
  { name: 'mine', asked: { mine: 'true' } },
  { name: 'overdue', asked: { overdue: 'true' } },
  { name: 'carded', asked: { carded: 'true' } },
  { name: 'asked', asked: { asked: 'true' } },
  { name: 'closed', asked: { state: 'closed', sort: 'changed' } },
]

export function askedOf(query: Record<string, unknown>): Asked {
  const asked: Asked = {}
  for (const part of PARTS) if (typeof query[part] === 'string' && query[part]) asked[part] = query[part] as string
  return asked
}

export const same = (one: Asked, other: Asked): boolean => PARTS.every((part) => (one[part] ?? '') === (other[part] ?? ''))

const MOST = 20

/** Views of this desk. What is kept and cannot be read counts as none. */
export function ownViews(): View[] {
  try {
    const views = JSON.parse(kept('views') || '[]') as unknown
    if (!Array.isArray(views)) return []
    return views
      .filter((one): one is View => typeof one?.name === 'string' && typeof one.asked === 'object' && one.asked !== null)
      .map((one) => ({ name: one.name, asked: askedOf(one.asked as Record<string, unknown>) }))
      .slice(0, MOST)
  } catch {
    return []
  }
}

/** A view of the same name is replaced. */
export function keepView(view: View): View[] {
  const views = [...ownViews().filter((one) => one.name !== view.name), view].slice(-MOST)
  keep('views', JSON.stringify(views))
  return views
}

export function dropView(name: string): View[] {
  const views = ownViews().filter((one) => one.name !== name)
  keep('views', JSON.stringify(views))
  return views
}
