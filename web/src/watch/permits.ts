import type { Deed } from '@/api/http'

const DUTY = ['duty-officer', 'duty-leader']
/** Whoever is not an auditor or an administrator; which person may is the item's own rule. */
const DOERS = [...DUTY, 'department', 'town', 'village']

/** Which roles may do what, so that nobody is shown a button that the server would refuse. The server decides. */
const PERMITS: Record<Deed, string[]> = {
  'take-shift': DUTY,
  'arm-sound': DUTY,
  'write-note': DUTY,
  'reached-by-desk': [...DUTY, 'town'],
  'call-again': [...DUTY, 'town'],
  'reached-by-hand': [...DUTY, 'town'],
  'take-over': DUTY,
  'reported-in-place': [...DUTY, 'town'],
  'start-drill': DUTY,
  'test-answers': DUTY,
  'end-drill': DUTY,
  escalate: DUTY,
  'enter-signal': DUTY,
  'decide-alert': DUTY,
  'approve-proposal': ['duty-leader'],
  'correct-signal': DUTY,
  'retract-signal': DUTY,
  'release-room': DUTY,
  'decide-response': ['duty-leader'],
  'end-response': ['duty-leader'],
  'report-action': [...DUTY, 'department', 'town', 'village'],
  'overrule-doubt': DUTY,
  'accept-reading': DUTY,
  'try-forecast': DUTY,
  'open-item': DOERS,
  'move-item': DOERS,
  'fill-item': DOERS,
  'prove-item': DOERS,
  'approve-item': DOERS,
  'pause-item': DOERS,
  'resume-item': DOERS,
  'ask-extension': DOERS,
  'decide-extension': DOERS,
  'answer-card': DOERS,
  'cancel-card': DOERS,
  'confirm-control': DOERS,
  'plan-item': DOERS,
  'publish-figures': ['duty-leader', 'department'],
  'drop-draft': DOERS,
  'propose-limit': ['duty-leader', 'department'],
  'decide-limit': ['duty-leader', 'department'],
  'propose-amendment': ['duty-leader', 'department'],
  'decide-amendment': ['duty-leader', 'department'],
}

export const permits = (roles: readonly string[], deed: Deed): boolean => PERMITS[deed].some((role) => roles.includes(role))
