import { useI18n } from 'vue-i18n'
import type { StationRule, StationState } from '@/api/types'
import { beijing } from '@/live/clock'
import { useWords } from '@/watch/words'

const two = (n: number) => String(n).padStart(2, '0')

/** Words of the page of a station. */
export function useStationWords() {
  const { t } = useI18n()
  const { word } = useWords()

  /** "07-12 02:17", Beijing time. */
  function moment(iso: string | number): string {
    const parts = beijing(typeof iso === 'number' ? iso : Date.parse(iso))
    return `${two(parts.month)}-${two(parts.day)} ${parts.time}`
  }

  /** A value as its kind is read: rain to 0.1 mm, a level to 1 cm, a depth in cm. */
  function shown(kind: StationState['kind'], value: number): string {
    if (kind === 'level') return `${value.toFixed(2)} m`
    return kind === 'depth' ? `${(value / 10).toFixed(1)} cm` : `${value.toFixed(1)} mm`
  }

  /** What the area's level asks of this station, in words. */
  function rule(of: StationRule, kind: StationState['kind']): string {
    const cm = (value: number) => (kind === 'level' ? value * 100 : value / 10).toFixed(0)
    if (of.how === 'sum') return t('station.rule.sum', { hours: of.minutes / 60, mm: of.value ?? '–' })
    const base = t(`station.base.${of.base || 'ground'}`)
    const from = of.base === 'ground' ? t('station.rule.deep', { cm: cm(of.offset) }) : of.offset ? t('station.rule.below', { base, cm: cm(-of.offset) }) : base
    return of.how === 'stands' ? t('station.rule.stands', { from }) : t('station.rule.rise', { minutes: of.minutes, cm: cm(of.value ?? 0), from })
  }

  return { moment, rule, shown, word }
}
