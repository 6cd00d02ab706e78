import { computed, inject, provide, ref, shallowRef, watch, type InjectionKey } from 'vue'
import { useI18n } from 'vue-i18n'
import { useRoute, useRouter } from 'vue-router'
import { api, ApiError, type Deed } from '@/api/http'
import type { Me, Silent, WatchState } from '@/api/types'
import { minuteIso, parseAt, RoomClock } from '@/live/clock'
import { LiveFeed, type Stream } from '@/live/feed'
import { Refetch } from '@/live/refetch'
import { elsewhereOf } from '@/sign/landing'
import { AlarmWatch, type Alarm, joined, standing } from './alarms'
import { permits } from './permits'
import { belowTheRoot, countUp, keyOf, sortSilent } from './silence'
import { Sounder } from './sound'

export interface Toast {
  id: number
  text: string
  bad: boolean
  detail?: string
}

export type Dialog =
  | { name: 'shift' | 'note' | 'enter' | 'find' | 'held' | 'keys' }
  | { name: 'desk'; row: Silent }
  | { name: 'signal'; id: string }

const TICK_MS = 250
const BACK_SHOWN_MS = 20_000
const BLINK_MS = 1500
const LOST_SOUNDS_AFTER_MS = 10_000

/** Speeds of replay: room minutes per real minute. */
export const PLAY_SPEEDS = [1, 10, 60, 120]

export type Room = ReturnType<typeof openRoom>

const KEY: InjectionKey<Room> = Symbol('room')

export function useRoom(): Room {
  const room = inject(KEY)
  if (!room) throw new Error('Bug: no room above this component')
  return room
}

/** The speaker and what it sounds for are the page's: from screen to screen it stays armed, and no alarm is lost on the way. */
const PAGE = { sounder: new Sounder(), soundHere: ref(false), alarms: shallowRef<Alarm[]>([]) }

export interface RoomOptions {
  /** A screen that has a list of the silent of its own lends it, and Watch's is not read. */
  silent?: () => Silent[]
  /** Of whom this screen can tell whether they were reached; without it of everybody. */
  tells?: (key: string) => boolean
}

/** Everything the Watch screen knows: the present state, the state shown, the one clock, alarms and what can be done. */
export function openRoom(options: RoomOptions = {}) {
  const { t, locale } = useI18n()
  const route = useRoute()
  const router = useRouter()

  const me = shallowRef<Me>()
  const live = shallowRef<WatchState>()
  const past = shallowRef<WatchState>()
  const clock = shallowRef<RoomClock>()
  const tick = ref(performance.now())
  const firstError = ref('')

  const may = (deed: Deed) => permits(me.value?.roles ?? [], deed)

  // ---- the one clock
  const replayAt = ref<number | undefined>(parseAt(route.query.at))
  const playing = ref(false)
  const playSpeed = ref(60)
  const replaying = computed(() => replayAt.value !== undefined)
  const liveNow = computed(() => clock.value?.at(tick.value) ?? Date.now())
  const now = computed(() => replayAt.value ?? liveNow.value)
  const shown = computed(() => (replaying.value ? (past.value ?? live.value) : live.value))
  const dataAge = computed(() => {
    const state = shown.value
    if (!state || state.data_age_s === null) return null
    return replaying.value ? state.data_age_s : (clock.value?.grown(state.data_age_s, tick.value) ?? state.data_age_s)
  })

  const readPast = new Refetch(async () => {
    const at = replayAt.value
    if (at === undefined) return
    try {
      past.value = await api.watch(new Date(at).toISOString())
    } catch (error) {
      if (!leaveWhenSignedOut(error)) complain(error)
    }
  }, 120)

  let addressTimer: ReturnType<typeof setTimeout> | undefined
  watch(replayAt, (at) => {
    if (at === undefined) past.value = undefined
    else readPast.ask()
    clearTimeout(addressTimer)
    addressTimer = setTimeout(() => {
      const query = { ...route.query }
      if (at === undefined) delete query.at
      else query.at = minuteIso(at)
      if (query.at !== route.query.at) void router.replace({ query })
    }, 300)
  })

  watch(
    () => route.query.at,
    (value) => {
      const at = parseAt(value)
      const here = replayAt.value === undefined ? undefined : minuteIso(replayAt.value)
      if ((at === undefined ? undefined : minuteIso(at)) !== here && !playing.value) replayAt.value = at
    },
  )

  function goTo(at: number): void {
    if (at >= liveNow.value) goLive()
    else replayAt.value = at
  }

  function goLive(): void {
    playing.value = false
    replayAt.value = undefined
  }

  /** Stopping the present freezes the screen at this minute. */
  function playOrStop(): void {
    if (replaying.value) playing.value = !playing.value
    else goTo(Math.floor(liveNow.value / 60_000) * 60_000)
  }

  // ---- alarms
  const { sounder, soundHere, alarms } = PAGE
  const alarmWatch = new AlarmWatch()
  const tells = options.tells ?? (() => true)

  const soundState = computed<'armed' | 'other' | 'off'>(() => {
    if (soundHere.value) return 'armed'
    const shift = live.value?.shift
    return shift?.sound_armed && shift.officer && shift.officer !== me.value?.name ? 'other' : 'off'
  })

  /** Whoever has no storm duties is not alarmed. */
  function raise(found: Alarm[]): void {
    if (!found.length || me.value?.storms === false) return
    alarms.value = joined(alarms.value, found)
    if (soundHere.value) sounder.alarm(found[0]!.kind)
  }

  function settleAlarms(state: WatchState): void {
    const left = standing(alarms.value, state, tells)
    if (alarms.value.length && !left.length) sounder.hush()
    alarms.value = left
  }

  const alarmText = (alarm: Alarm) => {
    const names = alarm.about.slice(0, 4).join(t('common.sep')) + (alarm.about.length > 4 ? '…' : '')
    return t(`band.alarm.${alarm.kind}`, { about: names })
  }

  /** The touch is logged with the officer's name. */
  async function hush(): Promise<void> {
    const what = alarms.value.map(alarmText).join('; ')
    sounder.hush()
    alarms.value = []
    if (what && may('write-note')) await act('write-note', { text: t('band.touched', { what }) }, true)
  }

  // ---- contact with the server
  const lostAt = ref<number>()
  const lostSounded = ref(false)
  const backGap = ref<number>()
  const lostFor = computed(() => (lostAt.value === undefined ? 0 : tick.value - lostAt.value))
  /** A moment without contact is a blink of the line, not a loss. */
  const outOfContact = computed(() => lostFor.value > BLINK_MS)

  const feed = new LiveFeed({
    read: async () => {
      try {
        const state = await api.watch(undefined, options.silent && 'none')
        if (options.silent) state.silent = options.silent()
        clock.value = RoomClock.of(state.now, performance.now(), state.speed)
        tick.value = performance.now()
        live.value = state
        firstError.value = ''
        settleAlarms(state)
        raise(alarmWatch.see(state, liveNow.value, state.data_age_s))
      } catch (error) {
        if (!leaveWhenSignedOut(error) && !live.value) firstError.value = wordsOf(error)
        throw error
      }
    },
    open: () => new EventSource('/api/watch/stream') as unknown as Stream,
    monotonic: () => performance.now(),
    lost: () => {
      lostAt.value = performance.now()
      backGap.value = undefined
    },
    back: (gap) => {
      lostAt.value = undefined
      lostSounded.value = false
      if (gap < 1000) return
      backGap.value = gap
      setTimeout(() => (backGap.value = undefined), BACK_SHOWN_MS)
      if (replaying.value) readPast.ask()
    },
  })

  // names come in the language that was asked for
  watch(locale, () => {
    feed.nudge()
    if (replaying.value) readPast.ask()
  })

  // ---- heartbeat of the page
  let before = performance.now()
  let beats = 0
  const beat = setInterval(() => {
    const at = performance.now()
    tick.value = at
    soundHere.value = soundHere.value && sounder.ready
    if (playing.value && replayAt.value !== undefined) goTo(replayAt.value + (at - before) * playSpeed.value)
    before = at
    const state = live.value
    if (lostFor.value > LOST_SOUNDS_AFTER_MS && !lostSounded.value) {
      lostSounded.value = true
      raise([{ kind: 'lost', about: [] }])
    }
    const age = state?.data_age_s ?? null
    if (state && ++beats % 4 === 0) raise(alarmWatch.see(state, liveNow.value, age === null ? null : clock.value!.grown(age, at)))
  }, TICK_MS)

  // ---- the silent list
  const silent = computed(() => sortSilent(shown.value?.silent ?? []))
  const counts = computed(() => countUp(shown.value?.orders ?? []))
  const liveSilent = computed(() => live.value?.silent.length ?? 0)
  const areas = computed(() => belowTheRoot(shown.value?.areas ?? []))
  const selectedKey = ref('')
  const selected = computed(() => silent.value.find((row) => keyOf(row) === selectedKey.value))

  function move(step: number): void {
    const rows = silent.value
    if (!rows.length) return
    const at = rows.findIndex((row) => keyOf(row) === selectedKey.value)
    const next = at < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + step))
    selectedKey.value = keyOf(rows[next]!)
  }

  // ---- words and deeds
  const toasts = ref<Toast[]>([])
  let toastId = 0

  function say(text: string, bad = false, detail?: string): void {
    const id = ++toastId
    toasts.value = [...toasts.value.slice(-2), { id, text, bad, detail }]
    setTimeout(() => (toasts.value = toasts.value.filter((toast) => toast.id !== id)), bad ? 12_000 : 4000)
  }

  function wordsOf(error: unknown): string {
    if (!(error instanceof ApiError)) return String(error)
    if (error.status === 0) return t('error.unreachable')
    if (error.status === 403 && error.problem.what.startsWith('HTTP')) return t('error.denied')
    const { what, value, todo } = error.problem
    if (!what) return t('error.setAside')
    return what + (value ? t('error.value', { value }) : '') + (todo ? t('error.todo', { todo }) : '')
  }

  function complain(error: unknown): void {
    say(wordsOf(error), true)
  }

  function leaveWhenSignedOut(error: unknown): boolean {
    const out = error instanceof ApiError && error.status === 401
    if (out) void router.replace({ path: '/signin', query: { to: route.fullPath } })
    return out
  }

  /** @returns whether it is on the record */
  async function act(deed: Deed, fields: Record<string, unknown> = {}, quiet = false): Promise<boolean> {
    try {
      await api.act(deed, fields)
      feed.nudge()
      if (!quiet) say(t('common.done'))
      return true
    } catch (error) {
      if (!leaveWhenSignedOut(error)) complain(error)
      return false
    }
  }

  async function armSound(): Promise<boolean> {
    if (!(await sounder.unlock())) return false
    soundHere.value = true
    void navigator.wakeLock?.request('screen').catch(() => undefined)
    return true
  }

  async function signOut(): Promise<void> {
    alarms.value = []
    await api.signOut().catch(() => undefined)
    await router.replace('/signin')
  }

  function onHide(): void {
    if (soundHere.value) void api.act('arm-sound', { armed: false }, true).catch(() => undefined)
  }

  // ---- dialogs and view
  const dialog = shallowRef<Dialog>()
  const asTable = ref(false)
  const focusArea = ref('')

  /** The state does not wait for who is here: what the room knows is on the screen a question earlier. */
  async function open(): Promise<void> {
    feed.start()
    if (replayAt.value !== undefined) readPast.ask()
    window.addEventListener('pagehide', onHide)
    try {
      me.value = await api.me()
      const elsewhere = elsewhereOf(me.value, route.path)
      if (elsewhere) {
        feed.stop()
        await router.replace(elsewhere)
        return
      }
    } catch (error) {
      if (!leaveWhenSignedOut(error) && !live.value) firstError.value = wordsOf(error)
    }
    if (soundHere.value && alarms.value.length) sounder.alarm(alarms.value[0]!.kind)
  }

  function close(): void {
    feed.stop()
    readPast.stop()
    clearInterval(beat)
    sounder.hush()
    window.removeEventListener('pagehide', onHide)
  }

  const room = {
    me, may, live, shown, tick, firstError,
    now, liveNow, dataAge, replayAt, replaying, playing, playSpeed, goTo, goLive, playOrStop,
    sounder, soundHere, soundState, armSound, alarms, alarmText, hush,
    lostAt, lostFor, outOfContact, backGap,
    areas, silent, counts, liveSilent, selectedKey, selected, move,
    toasts, say, complain, act, signOut,
    dialog, asTable, focusArea, open, close,
  } // prettier-ignore
  provide(KEY, room)
  return room
}
