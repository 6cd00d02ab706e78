// What Prometheus Alertmanager does with as many alerts as we have people: webhooks delivered per second, and what survives a
// kill -9. It has no person, ladder or answer, so that it is a yardstick for fan-out and crash behaviour only.
//   apt-get install prometheus-alertmanager      (Debian 12: 0.25.0)
//   node bench/compare/alertmanager.mjs [PATH OF prometheus-alertmanager]
// Runs on loopback with data of its own in a temporary directory; nothing else is touched.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const program = process.argv[2] ?? 'prometheus-alertmanager'
const dir = mkdtempSync(join(tmpdir(), 'alertmanager-'))
const got = new Map()
const receiver = createServer((request, response) => {
  let body = ''
  request.on('data', (part) => (body += part))
  request.on('end', () => {
    for (const alert of JSON.parse(body).alerts) got.set(alert.labels.person, (got.get(alert.labels.person) ?? 0) + 1)
    response.end()
  })
})
await new Promise((done) => receiver.listen(0, '127.0.0.1', done))
const hook = `http://127.0.0.1:${receiver.address().port}/`
const port = 9890
const api = `http://127.0.0.1:${port}/api/v2/alerts`

const sleep = (ms) => new Promise((wake) => setTimeout(wake, ms))

async function start(wait) {
  writeFileSync(
    join(dir, 'am.yml'),
    `route: {receiver: hook, group_by: ['...'], group_wait: ${wait}, group_interval: 1s, repeat_interval: 4h}\nreceivers: [{name: hook, webhook_configs: [{url: '${hook}'}]}]\n`,
  )
  const child = spawn(program, [`--config.file=${join(dir, 'am.yml')}`, `--storage.path=${join(dir, 'data')}`, `--web.listen-address=127.0.0.1:${port}`, '--cluster.listen-address='], { stdio: 'ignore' })
  for (let tries = 0; tries < 100; tries++) {
    if (await fetch(`http://127.0.0.1:${port}/-/ready`).then((reply) => reply.ok, () => false)) return child
    await sleep(100)
  }
  throw new Error('it does not start: ' + program)
}

async function push(prefix, count) {
  for (let from = 0; from < count; from += 1000) {
    const alerts = Array.from({ length: Math.min(1000, count - from) }, (_, n) => ({ labels: { alertname: 'call', person: `${prefix}${from + n}` } }))
    const reply = await fetch(api, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(alerts) })
    if (!reply.ok) throw new Error('refused: ' + reply.status)
  }
}

const delivered = (prefix) => [...got].filter(([person]) => person.startsWith(prefix))
async function until(prefix, count, most) {
  const end = Date.now() + most
  while (delivered(prefix).length < count && Date.now() < end) await sleep(20)
}
const kill = async (child) => {
  child.kill('SIGKILL')
  await new Promise((gone) => child.once('exit', gone))
}
const cpuSeconds = (pid) => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ').slice(11, 13).reduce((sum, ticks) => sum + Number(ticks) / 100, 0)
const rssMb = (pid) => Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024)

console.log(`load ${readFileSync('/proc/loadavg', 'utf8').split(' ')[0]}`)
let child = await start('0s')
for (const count of [2000, 20000]) {
  const began = Date.now()
  await push(`a${count}-`, count)
  const pushed = Date.now()
  await until(`a${count}-`, count, 120_000)
  const all = (Date.now() - began) / 1000
  console.log(`${count} alerts: pushed in ${((pushed - began) / 1000).toFixed(2)} s, ${delivered(`a${count}-`).length} webhooks in ${all.toFixed(2)} s = ${Math.round(count / all)}/s; CPU ${cpuSeconds(child.pid).toFixed(1)} s so far, ${rssMb(child.pid)} MB`)
}
await kill(child)

child = await start('3s')
await push('b', 5000)
await sleep(300)
await kill(child)
child = await start('3s')
await sleep(8000)
console.log(`5000 accepted with HTTP 200, killed after 0.3 s, started again: ${delivered('b').length} delivered, ${5000 - delivered('b').length} lost unless somebody pushes them again`)
await kill(child)

child = await start('0s')
await push('c', 3000)
await until('c', 3000, 60_000)
await kill(child)
child = await start('0s')
await push('c', 3000)
await sleep(8000)
console.log(`3000 delivered, killed, started again, the same 3000 pushed again: ${delivered('c').filter(([, times]) => times > 1).length} delivered twice`)
await kill(child)
receiver.close()
rmSync(dir, { recursive: true })
