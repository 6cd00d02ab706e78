import { useI18n } from 'vue-i18n'
import { beijing } from '@/live/clock'

const two = (n: number) => String(n).padStart(2, '0')

/** Beijing's day as an input of type date has it: 2026-07-01. */
export function dayIso(epochMs: number): string {
  const parts = beijing(epochMs)
  return `${parts.year}-${two(parts.month)}-${two(parts.day)}`
}

/** An instant as an input of type datetime-local has it, in Beijing time. */
export function localOf(moment: string): string {
  const ms = Date.parse(moment)
  return Number.isNaN(ms) ? '' : `${dayIso(ms)}T${beijing(ms).time}`
}

/** The instant of such an input, ISO 8601 with Z; empty for none. */
export function instantOf(local: string): string {
  const ms = Date.parse(`${local.length === 16 ? local + ':00' : local}+08:00`)
  return Number.isNaN(ms) ? '' : new Date(ms).toISOString().replace('.000Z', 'Z')
}

/** Days and moments of items, which live longer than a night: with the year where it is another. */
export function useDates() {
  const { t } = useI18n()
  const moment = (iso: string): string => {
    const parts = beijing(Date.parse(iso))
    return t('items.moment', { year: parts.year, month: two(parts.month), day: two(parts.day), time: parts.time })
  }
  return { moment }
}
