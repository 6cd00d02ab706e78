import type { Reached, SettingChange, SettingFault, Words } from '@/api/items'

/** Settings of a programme (专项设置) as a screen handles them. */

/** How wide the bar of a target is, 0 to 100. */
export function widthOf(reached: Reached): number {
  return Math.min(100, Math.max(0, Number(reached.share ?? 0)))
}

/** What somebody may do with a change that waits: its proposer only takes it back, another decides. */
export function decisionsOf(change: SettingChange, me: string, may: boolean): ('approve' | 'refuse' | 'withdraw')[] {
  if (change.state !== 'proposed' || !me) return []
  if (change.person === me) return ['withdraw']
  return may ? ['approve', 'refuse'] : []
}

/** Words that contain what is looked for, in either language or in their place; the report first. */
export function wordsFound(words: Words[], text: string, most: number): { shown: Words[]; more: number } {
  const wanted = text.trim().toLowerCase()
  const found = words.filter((one) => !wanted || [one.zh, one.en, one.place, one.of].some((part) => part.toLowerCase().includes(wanted)))
  const ordered = [...found.filter((one) => one.group === 'report'), ...found.filter((one) => one.group !== 'report')]
  return { shown: ordered.slice(0, most), more: Math.max(0, ordered.length - most) }
}


/** A placeholder where the cursor stands. */
export function inserted(text: string, at: number, name: string): { text: string; at: number } {
  const word = `{${name}}`
  return { text: text.slice(0, at) + word + text.slice(at), at: at + word.length }
}

/** Where in a text a fault stands, to select it; undefined where it is none of a text. */
export function faultSpot(fault: SettingFault, text: string): { from: number; to: number } | undefined {
  if (!fault.line) return undefined
  const lines = text.split('\n')
  const from = lines.slice(0, fault.line - 1).reduce((sum, line) => sum + line.length + 1, 0) + fault.column - 1
  return { from, to: from + fault.found.length }
}
