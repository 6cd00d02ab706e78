import type { EChartsCoreOption } from 'echarts/core'
import type { StationState } from '@/api/types'
import { bars, line, marked, range, stepOf } from './series'

/** Colours of the theme, read from the page. */
export interface Look {
  ink: string
  faint: string
  line: string
  panel: string
  water: string
  strong: string
  bad: string
  press: string
}

/** Words of the chart, in the language of the screen. */
export interface Names {
  rain: string
  total: string
  level: string
  held: string
  accepted: string
  warning: string
  guaranteed: string
  color: (color: string) => string
  shown: (value: number) => string
  moment: (at: number) => string
}

const BEIJING = 8 * 3600_000
const LINES_LEAST_M = 0.2
const DEPTH_LEAST_MM = 100

/** Horizontal lines of what the station is measured against. */
export function thresholdLines(state: StationState, names: Pick<Names, 'warning' | 'guaranteed' | 'color' | 'shown'>): { name: string; value: number }[] {
  if (state.kind === 'level' && state.thresholds)
    return [
      { name: `${names.warning} ${names.shown(state.thresholds.warning)}`, value: state.thresholds.warning },
      { name: `${names.guaranteed} ${names.shown(state.thresholds.guaranteed)}`, value: state.thresholds.guaranteed },
    ]
  if (state.kind !== 'depth') return []
  return state.rules
    .filter((rule) => rule.how === 'stands' && rule.value !== null)
    .map((rule) => ({ name: `${names.color(rule.color)} ${names.shown(rule.value!)}`, value: rule.value! }))
}

// The axis of the library shows the browser's zone or UTC; ours is Beijing everywhere: it is given times eight hours on, as UTC.
const shift = (at: number) => at + BEIJING

/** What the library draws: bars and the running total for rain; for water a line, its thresholds, and marks of what is not believed. */
export function options(state: StationState, names: Names, look: Look): EChartsCoreOption {
  const from = Date.parse(state.from)
  const to = Date.parse(state.to)
  const text = { color: look.faint, fontSize: 12 }
  const axis = {
    axisLabel: { ...text, hideOverlap: true },
    axisLine: { lineStyle: { color: look.strong } },
    splitLine: { lineStyle: { color: look.line } },
  }
  const base = {
    animation: false,
    useUTC: true,
    textStyle: { fontFamily: 'inherit' },
    aria: { enabled: true },
    grid: { left: 56, right: state.kind === 'rain' ? 56 : 24, top: 30, bottom: 58 },
    tooltip: {
      trigger: 'axis',
      backgroundColor: look.panel,
      borderColor: look.strong,
      textStyle: { color: look.ink, fontSize: 13 },
      formatter: (points: unknown) => tip(points as Point[], names),
    },
    dataZoom: [
      { type: 'inside', filterMode: 'none' },
      { type: 'slider', height: 18, bottom: 10, filterMode: 'none', borderColor: look.line, textStyle: text, labelFormatter: (at: number) => names.moment(at - BEIJING) },
    ],
    xAxis: { type: 'time', min: shift(from), max: shift(to), ...axis, splitLine: { show: false } },
  }
  const dots = marked(state.readings)
  const crosses = [
    scatter(names.held, dots.held, 'triangle', look.bad, look.panel),
    scatter(names.accepted, dots.accepted, 'diamond', look.press, look.press),
  ]
  if (state.kind === 'rain') {
    const step = stepOf(to - from, state.interval_min)
    const rain = bars(state.readings, from, to, step)
    return {
      ...base,
      yAxis: [
        { type: 'value', name: 'mm', nameTextStyle: text, min: 0, minInterval: 1, ...axis },
        { type: 'value', name: names.total, nameTextStyle: text, min: 0, ...axis, splitLine: { show: false } },
      ],
      series: [
        {
          type: 'bar', name: names.rain, large: rain.length > 600, barMinWidth: 1, barMaxWidth: 14, itemStyle: { color: look.water },
          data: rain.map((bar) => [shift(bar.to - step / 2), bar.mm]),
        },
        {
          type: 'line', name: names.total, yAxisIndex: 1, step: 'end', showSymbol: false, lineStyle: { color: look.ink, width: 1.5, type: 'dashed' }, itemStyle: { color: look.ink },
          data: rain.map((bar) => [shift(bar.to), bar.total]),
        },
        ...crosses,
      ], // prettier-ignore
    }
  }
  const water = line(state.readings, state.interval_min)
  const lines = thresholdLines(state, names)
  const values = [...water.flatMap((dot) => (dot ? [dot.value] : [])), ...dots.held.map((dot) => dot.value)]
  const [min, max] = range(values, lines.map((one) => one.value), state.kind === 'level' ? LINES_LEAST_M : DEPTH_LEAST_MM)
  return {
    ...base,
    yAxis: {
      type: 'value', name: state.unit, nameTextStyle: text, min: state.kind === 'depth' ? Math.max(0, min) : min, max, ...axis,
      axisLabel: { ...text, showMinLabel: false, showMaxLabel: false, formatter: (value: number) => (state.kind === 'level' ? value.toFixed(2) : value.toFixed(0)) },
    },
    series: [
      {
        type: 'line', name: names.level, showSymbol: water.length < 2, connectNulls: false, lineStyle: { color: look.water, width: 2 }, itemStyle: { color: look.water },
        data: water.map((dot, n) => (dot ? [shift(dot.at), dot.value] : [shift(water[n - 1]!.at) + 1, null])),
        markLine: {
          silent: true, symbol: 'none', label: { color: look.ink, position: 'insideStartTop', formatter: '{b}', fontSize: 12 },
          data: lines.map((one, n) => ({ name: one.name, yAxis: one.value, lineStyle: { color: look.ink, width: 1.4, type: n % 2 ? 'solid' : 'dashed' } })),
        },
      },
      ...crosses,
    ],
  } // prettier-ignore
}

function scatter(name: string, dots: { at: number; value: number }[], symbol: string, edge: string, fill: string) {
  return { type: 'scatter', name, symbol, symbolSize: 11, z: 5, itemStyle: { color: fill, borderColor: edge, borderWidth: 2 }, data: dots.map((dot) => [shift(dot.at), dot.value]) }
}

interface Point {
  seriesName: string
  value: [number, number | null]
}

const escape = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)

function tip(points: Point[], names: Names): string {
  const known = points.filter((point) => point.value[1] !== null)
  if (!known.length) return ''
  const rows = known.map((point) => `${escape(point.seriesName)} <b>${escape(names.shown(point.value[1]!))}</b>`)
  return [escape(names.moment(known[0]!.value[0] - BEIJING)), ...rows].join('<br>')
}
