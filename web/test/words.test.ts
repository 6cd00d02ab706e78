import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import deskEn from '@/i18n/desk.en'
import deskZh from '@/i18n/desk.zh-CN'
import actEn from '@/i18n/act.en'
import actZh from '@/i18n/act.zh-CN'
import en from '@/i18n/en'
import foreseeEn from '@/i18n/foresee.en'
import foreseeZh from '@/i18n/foresee.zh-CN'
import zh from '@/i18n/zh-CN'

type Tree = { [key: string]: unknown }

function leaves(tree: Tree, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[path + key, value] as [string, string]] : leaves(value as Tree, `${path}${key}.`),
  )
}

const numbers = (text: string) => text.split(' | ')
const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((found) => found[1]).sort()

describe('the catalogues', () => {
  const chinese = new Map(leaves({ ...zh, ...deskZh, ...foreseeZh, ...actZh } as Tree))
  const english = new Map(leaves({ ...en, ...deskEn, ...foreseeEn, ...actEn } as unknown as Tree))

  it('have the same keys', () => {
    expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort())
  })

  it('have the same placeholders', () => {
    for (const [key, text] of chinese) expect([key, placeholders(numbers(english.get(key)!).at(-1)!)]).toEqual([key, placeholders(text)])
  })

  it('say one thing in the singular', () => {
    const flat = [...english].filter(([, text]) => /\{(n|count|days)\} ((more|open|working|other) )?(people|(?!was\b|has\b)[a-z]{3,}s)\b/.test(text) && numbers(text).length < 2)
    expect(flat).toEqual([])
    for (const [key, text] of english) for (const one of numbers(text)) expect([key, placeholders(one).filter((name) => !placeholders(chinese.get(key)!).includes(name))]).toEqual([key, []])
    const counted = [...english].filter(([, text]) => numbers(text).length > 1).map(([key]) => key)
    const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) => /\.(vue|ts)$/.test(name) && !name.includes('i18n'))
    const asked = files.flatMap((name) => readFileSync(join('src', name), 'utf8').split('\n')).filter((line) => counted.some((key) => line.includes(`'${key}'`)))
    expect(asked.length).toBeGreaterThan(20)
    expect(asked.filter((line) => !/\bt\(.*(\}|words), [^{}]+\)/.test(line))).toEqual([])
  })

  it('leave nothing untranslated', () => {
    const left = [...english].filter(([key, text]) => /\p{Script=Han}/u.test(text) && key !== 'header.language')
    expect(left).toEqual([])
  })

  it('have every key that a screen asks for', () => {
    const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) => /\.(vue|ts)$/.test(name))
    const asked = files.flatMap((name) => [...readFileSync(join('src', name), 'utf8').matchAll(/\btm?\('([\w.-]+)'/g)].map((found) => found[1]!))
    expect(asked.length).toBeGreaterThan(50)
    const known = [...chinese.keys()]
    expect(asked.filter((key) => !known.some((one) => one === key || one.startsWith(key + '.')))).toEqual([])
  })

  it('have no key that no screen asks for', () => {
    const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) => /\.(vue|ts)$/.test(name) && !name.includes('i18n'))
    const source = files.map((name) => readFileSync(join('src', name), 'utf8')).join('\n')
    const groups = [...source.matchAll(/\bt\(\s*`([\w.]+)\.\$\{/g)].map((found) => found[1] + '.')
    const words = [...source.matchAll(/\bword\('([\w.]+)'/g)].map((found) => found[1] + '.')
    const dynamic = [...groups, ...words, 'silent.next.', 'desk.then.', 'weekday.', 'act.saidQuick.']
    const unused = [...chinese.keys()].filter((key) => !source.includes(`'${key}'`) && !dynamic.some((start) => key.startsWith(start)))
    expect(unused).toEqual([])
  })
})
