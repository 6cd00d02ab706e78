import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const files = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((one) =>
    one.isDirectory() ? files(`${folder}/${one.name}`) : one.name.endsWith('.vue') ? [`${folder}/${one.name}`] : [],
  )

test('a class that lays things out on every screen is no component\'s own word for something else', () => {
  const base = readFileSync('src/style/base.css', 'utf8')
  const laid = [...base.matchAll(/^\.([a-z][\w-]*) \{([^}]*)\}/gm)].filter((rule) => /display: (flex|grid)/.test(rule[2]!)).map((rule) => rule[1]!)
  expect(laid).toContain('abreast')
  const taken = files('src').flatMap((file) => {
    const style = readFileSync(file, 'utf8').split('<style')[1] ?? ''
    const own = [...style.matchAll(/^\s*\.([a-z][\w-]*)(?=[ ,{])/gm)].map((rule) => rule[1]!)
    return laid.filter((name) => own.includes(name)).map((name) => `${file}: .${name}`)
  })
  expect(taken).toEqual([])
})
