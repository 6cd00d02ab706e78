import type { Me } from '@/api/types'

const DUTY = ['duty-officer', 'duty-leader']

/** From a screen that is not theirs to the one that is: accounts are kept at the doors, and whoever no storm calls has his work list. */
export function elsewhereOf(me: Pick<Me, 'roles' | 'storms'>, path: string): string | undefined {
  if (me.roles.every((role) => role === 'system-administrator')) return path === '/doors' ? undefined : '/doors'
  return me.storms === false && path !== '/act' && !path.startsWith('/act/') ? '/act' : undefined
}

/** Where people land: duty on Watch, supervisors, departments, towns and villages on Act, whoever keeps accounts at the doors. */
export function landingOf(me: Pick<Me, 'roles'> | null | undefined): string {
  const roles = me?.roles ?? []
  if (roles.length && roles.every((role) => role === 'system-administrator')) return '/doors'
  return !roles.length || roles.some((role) => DUTY.includes(role)) ? '/watch' : '/act'
}
