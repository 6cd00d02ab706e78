import { computed, inject, provide, ref, shallowRef, triggerRef, watch, type InjectionKey } from 'vue'
import { useI18n } from 'vue-i18n'
import { useRoute, useRouter } from 'vue-router'
import { api, ApiError, type ItemDeed } from '@/api/http'
import type { Asked, ItemChoices, ItemRow, ItemWhole, Programme } from '@/api/items'
import type { Problem } from '@/api/types'
import { Pages } from './pages'
import { askedOf } from './views'

const KEY: InjectionKey<Items> = Symbol('items')
const PAGE = 100

export type Items = ReturnType<typeof openItems>

export function useItems(): Items {
  const items = inject(KEY)
  if (!items) throw new Error('Bug: no items above this component')
  return items
}

/** The work list that is looked at, the item that is open, and what forms choose from. */
export function openItems(complain: (error: unknown) => void) {
  const { t } = useI18n()
  const route = useRoute()
  const router = useRouter()
  const asked = computed(() => askedOf(route.query))
  const pages = shallowRef(new Pages<ItemRow>(PAGE))
  const loading = ref(false)
  const whole = shallowRef<ItemWhole>()
  /** The item of the address is none, or none that I may see. */
  const gone = ref(false)
  const programmes = shallowRef<Programme[]>([])
  const choices = shallowRef<ItemChoices>({ areas: [], bodies: [], persons: [] })
  const picked = ref(new Set<string>())
  const open = computed(() => (typeof route.params.item === 'string' ? route.params.item : ''))
  let reading = 0
  let part = { from: 0, to: PAGE }

  async function readPages(numbers: number[], into: Pages<ItemRow>, mine: number): Promise<void> {
    for (const page of numbers) {
      const read = await api.items({ ...asked.value, from: String(page * PAGE), limit: String(PAGE) })
      if (mine !== reading) return
      into.put(page, read.total, read.rows)
    }
    if (mine !== reading) return
    pages.value = into
    triggerRef(pages)
  }

  /** Another filter: from the top. */
  async function load(): Promise<void> {
    const mine = ++reading
    loading.value = true
    part = { from: 0, to: PAGE }
    try {
      await readPages([0], new Pages<ItemRow>(PAGE), mine)
    } catch (error) {
      complain(error)
    } finally {
      if (mine === reading) loading.value = false
    }
  }

  /** These rows are on the screen now. */
  async function look(from: number, to: number): Promise<void> {
    part = { from, to }
    const missing = pages.value.missing(from, to)
    if (missing.length) await readPages(missing, pages.value, reading).catch(complain)
  }

  /** Something changed: what is on the screen is read again, and the rest when it is looked at. */
  async function refresh(): Promise<void> {
    const shown = pages.value.covering(part.from, part.to)
    const mine = reading
    await readPages(shown, pages.value, mine)
    if (mine === reading) pages.value.keepOnly(shown)
    await readWhole()
  }

  async function readWhole(): Promise<void> {
    const id = open.value
    gone.value = false
    if (!id) {
      whole.value = undefined
      return
    }
    try {
      const read = await api.item(id)
      if (open.value === id) whole.value = read
    } catch (error) {
      if (open.value !== id) return
      if (error instanceof ApiError && error.status === 404) {
        whole.value = undefined
        gone.value = true
      } else complain(error)
    }
  }

  /** Names for filters and forms, in the language of the screen. */
  async function readWords(): Promise<void> {
    try {
      ;[programmes.value, choices.value] = await Promise.all([api.programmes(), api.itemChoices()])
    } catch (error) {
      complain(error)
    }
  }

  watch(asked, (now, before) => JSON.stringify(now) !== JSON.stringify(before) && void load())
  watch(open, () => void readWhole())

  const filter = (change: Asked, instead = false) =>
    router.replace({ path: route.path, query: { ...(instead ? {} : asked.value), ...Object.fromEntries(Object.entries(change).map(([key, value]) => [key, value || undefined])) } })
  const show = (item: string) => router.push({ path: item ? `/act/${encodeURIComponent(item)}` : '/act', query: route.query })

  /** @returns nothing when it is on the record, else by which rule it is not */
  async function act(deed: ItemDeed, fields: Record<string, unknown>): Promise<{ problem?: Problem; arrival: number }> {
    try {
      const arrival = await api.act(deed, fields)
      await refresh().catch(complain)
      return { arrival }
    } catch (error) {
      if (!(error instanceof ApiError) || error.status === 401) {
        complain(error)
        return { problem: { what: '' }, arrival: 0 }
      }
      if (error.status === 409) void readWhole()
      return { problem: error.status === 0 ? { what: t('error.unreachable') } : error.problem, arrival: 0 }
    }
  }

  function pick(item: string): void {
    const next = new Set(picked.value)
    if (!next.delete(item)) next.add(item)
    picked.value = next
  }

  const items = { asked, pages, loading, whole, gone, programmes, choices, picked, open, load, look, refresh, readWords, readWhole, filter, show, act, pick }
  provide(KEY, items)
  return items
}
