import { inject, provide, ref, shallowRef, triggerRef, type InjectionKey } from 'vue'
import { api } from '@/api/http'
import type { AnswerRow, AnswerState } from '@/api/types'
import { Matrix } from './matrix'

const KEY: InjectionKey<Answers> = Symbol('answers')

export type Answers = ReturnType<typeof openAnswers>

export function useAnswers(): Answers {
  const answers = inject(KEY)
  if (!answers) throw new Error('Bug: no answers above this component')
  return answers
}

const PAGE = 5000

/** The order that is looked at and its rows: read in pages once, then only what changed. */
export function openAnswers() {
  const state = shallowRef<AnswerState>()
  const order = ref('')
  const matrix = shallowRef(new Matrix())
  const loading = ref(false)
  /** People ticked, to be entered together. */
  const picked = ref(new Set<string>())
  let seen = 0
  let reading = 0
  let busy = false
  let again = false

  /** Reads whatever changed; one reading at a time, and always once more after the last asking. */
  async function refresh(): Promise<void> {
    if (busy) {
      again = true
      return
    }
    busy = true
    try {
      do {
        again = false
        state.value = await api.answer()
        if (!order.value || !state.value.orders.some((one) => one.id === order.value)) await choose(firstOf(state.value))
        else await increments()
      } while (again)
    } finally {
      busy = false
    }
  }

  async function increments(): Promise<void> {
    const mine = reading
    const id = order.value
    if (!id) return
    const changes = await api.answerChanges(id, seen)
    if (mine !== reading) return
    if (changes.next) return load(id)
    seen = changes.fact
    if (!changes.rows.length) return
    matrix.value.put(changes.rows)
    triggerRef(matrix)
  }

  function pick(people: string[], on = !people.every((one) => picked.value.has(one))): void {
    const next = new Set(picked.value)
    for (const one of people) if (on) next.add(one)
      else next.delete(one)
    picked.value = next
  }

  async function choose(id: string): Promise<void> {
    order.value = id
    picked.value = new Set()
    await load(id)
  }

  async function load(id: string): Promise<void> {
    const mine = ++reading
    const rows = new Matrix()
    loading.value = true
    let after = ''
    let first = 0
    let rest: AnswerRow[] = []
    try {
      while (id) {
        const page = await api.answerRows(id, after, PAGE)
        if (mine !== reading) return
        after = page.next
        if (first) rest = rest.concat(page.rows)
        else rows.put(page.rows) // the first page is shown at once, the others are sorted together
        first ||= page.fact
        if (!after) break
        matrix.value = rows
        triggerRef(matrix)
      }
      rows.put(rest)
      matrix.value = rows
      triggerRef(matrix)
      seen = first
    } finally {
      if (mine === reading) loading.value = false
    }
  }

  const answers = { state, order, matrix, loading, picked, pick, refresh, choose }
  provide(KEY, answers)
  return answers
}

/** The order that needs looking at: open before closed, a warning before a drill, most silent first. */
export function firstOf(state: AnswerState): string {
  const rank = (one: AnswerState['orders'][number]) =>
    (one.closed_at ? 2e9 : 0) + (one.aim === 'warning' ? 0 : 1e9) - one.silent
  return [...state.orders].sort((a, b) => rank(a) - rank(b))[0]?.id ?? ''
}
