import type { Me } from '@/api/types'

const DUTY = ['duty-officer', 'duty-leader']

/** Where people land: duty on Watch, supervisors, departments, towns and villages on Act, whoever keeps accounts at the doors. */
export function landingOf(me: Pick<Me, 'roles'> | null | undefined): string {
  const roles = me?.roles ?? []
  if (roles.length && roles.every((role) => role === 'system-administrator')) return '/doors'
  return !roles.length || roles.some((role) => DUTY.includes(role)) ? '/watch' : '/act'
}
