/** First characters of each pinyin initial in collation order. */
const BOUNDS = [...'阿八嚓哒妸发旮哈讥咔垃痳拏噢妑七呥扨它穵夕丫帀']
const LETTERS = [...'abcdefghjklmnopqrstwxyz']

const collator = new Intl.Collator('zh-CN-u-co-pinyin')

function initial(char: string): string {
  if (!/\p{Script=Han}/u.test(char)) return char.toLowerCase()
  let letter = ''
  for (let i = 0; i < BOUNDS.length && collator.compare(BOUNDS[i]!, char) <= 0; i++) letter = LETTERS[i]!
  return letter
}

/** Pinyin initials: 王示一 gives wsy. */
export const initials = (name: string): string => [...name].map(initial).join('')

export interface Findable {
  kind: 'person' | 'area' | 'station'
  id: string
  name: string
  beside: string
}

/** Things whose name, number or pinyin initials contain what was typed; beginnings first. */
export function find(typed: string, things: readonly Findable[], limit = 12): Findable[] {
  const wanted = typed.trim().toLowerCase()
  if (!wanted) return []
  const place = (thing: Findable) => {
    const places = [thing.name.toLowerCase(), initials(thing.name), thing.id.toLowerCase()].map((text) => text.indexOf(wanted))
    return Math.min(...places.map((at) => (at < 0 ? Infinity : at)))
  }
  return things
    .map((thing) => ({ thing, at: place(thing) }))
    .filter(({ at }) => at < Infinity)
    .sort((a, b) => a.at - b.at)
    .slice(0, limit)
    .map(({ thing }) => thing)
}
