/** What a key means on Watch, or undefined when it belongs to a field, a button or the browser. */
export type Command =
  | 'find' | 'down' | 'up' | 'enter' | 'escalate' | 'desk' | 'note' | 'copy' | 'hush'
  | 'shift' | 'play' | 'live' | 'keys' | 'table' | 'cancel' | 'stepBack' | 'stepOn' // prettier-ignore

const COMMANDS: Record<string, Command> = {
  '/': 'find',
  j: 'down',
  k: 'up',
  Enter: 'enter',
  e: 'escalate',
  d: 'desk',
  n: 'note',
  c: 'copy',
  a: 'hush',
  s: 'shift',
  ' ': 'play',
  l: 'live',
  '?': 'keys',
  t: 'table',
  Escape: 'cancel',
  ArrowLeft: 'stepBack',
  ArrowRight: 'stepOn',
}

export interface Pressed {
  key: string
  repeat: boolean
  ctrlKey: boolean
  altKey: boolean
  metaKey: boolean
  isComposing?: boolean
}

/** Where the focus is: keys typed into a field are text; Enter, Space and arrows on a control are the control's own. */
export type Focus = 'field' | 'control' | 'page'

/** A number key pressed alone leads to a screen, unless it is typed into a field. */
export function numberOf(pressed: Pressed, focus: Focus): string | undefined {
  const alone = !pressed.repeat && !pressed.ctrlKey && !pressed.altKey && !pressed.metaKey && !pressed.isComposing
  return alone && focus !== 'field' && /^[1-7]$/.test(pressed.key) ? pressed.key : undefined
}

export function commandOf(pressed: Pressed, focus: Focus): Command | undefined {
  if (focus === 'field' || pressed.ctrlKey || pressed.altKey || pressed.metaKey || pressed.isComposing) return undefined
  const key = pressed.key.length === 1 ? pressed.key.toLowerCase() : pressed.key
  const command = COMMANDS[key]
  const moves = command === 'down' || command === 'up' || command === 'stepBack' || command === 'stepOn'
  if (pressed.repeat && !moves) return undefined // a key held down decides nothing
  if (focus === 'control' && (command === 'enter' || command === 'play')) return undefined
  return command
}

export function focusOf(element: Element | null): Focus {
  if (!element) return 'page'
  if (element.matches('input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]')) return 'field'
  return element.matches('button, a[href], summary, input') ? 'control' : 'page'
}
