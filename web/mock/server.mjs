// A stand-in for the server while screens are made: same addresses, made-up night. Not shipped.
// node mock/server.mjs [--port 8197] [--speed 12] [--minute 35] [--people 400] [--dist ../dist]
import { createReadStream, existsSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { makeAnswers } from './answers.mjs'
import { preview, station, warn } from './desk.mjs'
import { foresee, ground } from './foresee.mjs'
import { makeItems, settingPreview } from './items.mjs'
import { attempts, done, map, START, timeline, watch } from './story.mjs'

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.json': 'application/json' }

export function startMock({ port = 0, speed = 12, minute = 35, people = 400, items = 60, storms = true, dist = fileURLToPath(new URL('../dist', import.meta.url)), extra = {}, issuer = 'HEADQUARTERS', roles = ['duty-officer', 'duty-leader'] } = {}) {
  const began = Date.now()
  const now = () => START + minute * 60_000 + (Date.now() - began) * speed
  const sessions = new Set()
  const streams = new Set()
  let failures = 0

  const json = (response, status, body, headers = {}) => {
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers })
    response.end(body === undefined ? '' : JSON.stringify(body))
  }
  const error = (response, status, what, more = {}) => json(response, status, { error: { what, value: '', allowed: '', todo: '', ...more } })
  const bodyOf = async (request) => {
    let text = ''
    for await (const part of request) text += part
    return text ? JSON.parse(text) : {}
  }
  const changed = () => {
    for (const stream of streams) stream.write(`id: ${done.length}\nevent: changed\ndata: {}\n\n`)
  }
  const answers = makeAnswers(people, now() - 150_000, now)
  const work = makeItems(items, now())
  const ticking = setInterval(changed, 1500)
  const me = '王示一'
  const state = (at, live) => ({ ...watch(at, live, me), live, now: new Date(now()).toISOString(), speed, ...extra })

  const server = createServer(async (request, response) => {
    const url = new URL(request.url, 'http://localhost')
    const path = url.pathname
    const session = /sid=(\w+)/.exec(request.headers.cookie ?? '')?.[1]
    if (path.startsWith('/a/') || path.startsWith('/phone/')) return person(request, response, path)
    if (!path.startsWith('/api/')) return file(response, path)
    if (path === '/api/session/link' && request.method === 'POST') {
      const { token } = await bodyOf(request)
      if (token !== 'night') return error(response, 401, '链接无效')
      return open(response)
    }
    if (path === '/api/session' && request.method === 'POST') {
      const { name, password } = await bodyOf(request)
      if (++failures > 4) return error(response, 423, '账号已锁定', { value: '15' })
      if (name !== 'wjf' || password !== 'pinghu') return error(response, 401, '账号或口令不对')
      failures = 0
      return open(response)
    }
    if (!sessions.has(session)) return error(response, 401, '未登录')
    if (path === '/api/session') return sessions.delete(session), json(response, 200, {})
    if (path === '/api/me')
      return json(response, 200, { name: me, roles, areas: [], storms, person: { id: 'P003', name: '张示一', body: 'B-HQ', body_name: '市防指办（示例）', body_name_en: 'Flood control office (sample)' }, room: { id: 'pinghu', name: '平湖市防汛值守室', demo: true, issuer, banner: '哈维降雨移植演示', banner_en: 'Harvey rain 2017, moved to Pinghu (demonstration)', schematic: true, speed, forecasts: !ground.noGround } }, { 'Set-Cookie': 'XSRF-TOKEN=x1; Path=/' })
    const asked = url.searchParams.get('at')
    const at = asked ? Date.parse(asked) : now()
    if (path === '/api/watch') return json(response, 200, state(at, !asked))
    if (path === '/api/watch/timeline') return json(response, 200, timeline(Date.parse(url.searchParams.get('from')), Math.min(now(), Date.parse(url.searchParams.get('to')))))
    if (path === '/api/watch/text') return response.writeHead(200, { 'Content-Type': 'text/plain; charset=utf-8' }).end('截至01:29，应叫35人，已应答31人，未应答4人：…')
    if (path.startsWith('/api/answer')) return json(response, 200, answers.reply(path, url.searchParams))
    if (path.endsWith('/settings/preview')) return json(response, 200, settingPreview(await bodyOf(request)))
    if (/\/settings\/A\d+\/preview$/.test(path)) return json(response, 200, settingPreview({ what: 'target', value: '96' }))
    if (path.startsWith('/api/items') || path.startsWith('/api/programmes') || path.startsWith('/api/documents')) {
      const found = work.reply(path, url.searchParams, now())
      return found ? json(response, 200, found) : error(response, 404, '没有找到，或不在您的辖区内')
    }
    if (path === '/api/warn') return json(response, 200, warn(at, issuer, done, me))
    if (path === '/api/warn/preview') return json(response, 200, preview(url.searchParams.get('area').split(','), url.searchParams.get('color')))
    if (path === '/api/carriers') return json(response, 200, { carriers: carriers(at) })
    if (path === '/api/doors') return json(response, 200, { doors: [{ door: 'sl651', status: 'UP', where: '127.0.0.1:5651', connections: 1, frames: 12, last_at: new Date(at).toISOString(), faults: {}, stations_heard: 1, stations: [{ address: '0010100001', station: 'W1', last_at: new Date(at).toISOString(), frames: 12, missing: 0, drift_s: 2, voltage: '12.68' }] }], tokens: [] })
    if (/^\/api\/stations\/[^/]+\/pictures\//.test(path)) return response.writeHead(200, { 'Content-Type': 'image/png' }), void createReadStream(fileURLToPath(new URL('../../docs/watch.png', import.meta.url))).pipe(response)
    const wanted = /^\/api\/stations\/([^/]+)$/.exec(path)
    if (wanted) {
      const to = Math.min(at, Date.parse(url.searchParams.get('to')) || at)
      const found = station(decodeURIComponent(wanted[1]), at, Date.parse(url.searchParams.get('from')) || to - 86_400_000, to, done)
      return found ? json(response, 200, found) : error(response, 404, '没有找到，或不在您的辖区内')
    }
    const forecast = foresee(path, at, now())
    if (Buffer.isBuffer(forecast)) return response.writeHead(200, { 'Content-Type': 'application/octet-stream' }).end(forecast)
    if (forecast) return json(response, 200, forecast)
    if (path === '/api/map') return json(response, 200, map)
    if (path === '/api/watch/stream') {
      response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' })
      response.write(': here\n\n')
      streams.add(response)
      return request.on('close', () => streams.delete(response))
    }
    const callee = /^\/api\/callees\/([^/]+)\/([^/]+)$/.exec(path)
    if (callee) {
      const found = attempts(callee[1], callee[2], at)
      return found ? json(response, 200, found) : error(response, 404, '没有此人')
    }
    if (path === '/api/evidence') {
      let size = 0
      for await (const part of request) size += part.length
      return json(response, 201, { sha256: String(size).padStart(64, '0'), size, type: 'image/jpeg', taken_at: null, place: '' })
    }
    const deed = /^\/api\/acts\/([\w-]+)$/.exec(path)
    if (deed && request.method === 'POST') {
      if (request.headers['x-xsrf-token'] !== 'x1') return error(response, 403, 'CSRF')
      const body = await bodyOf(request)
      const refused = /-item$|-card$|-control$|-extension$/.test(deed[1]) ? work.act(deed[1], body, now()) : undefined
      if (refused) return json(response, 409, { error: refused })
      done.push({ ...body, deed: deed[1], at: now() })
      setTimeout(changed, 20)
      return json(response, 200, { arrival: done.length, outcome: { kind: 'Done' } })
    }
    error(response, 404, '没有此地址', { value: path })
  })

  function open(response) {
    const id = Math.random().toString(36).slice(2)
    sessions.add(id)
    json(response, 200, {}, { 'Set-Cookie': [`sid=${id}; Path=/; HttpOnly`, 'XSRF-TOKEN=x1; Path=/'] })
  }

  /** Stand-ins for the phone and the person's page, only good enough to try the browser test. */
  function person(request, response, path) {
    const [, kind, token] = path.split('/')
    const [order, who] = decodeURIComponent(token).split('~')
    const page = (body) => response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(`<!doctype html><meta charset="utf-8">${body}`)
    if (kind === 'phone') return page(`<a href="/a/${token}">/a/${token}</a>`)
    if (request.method === 'GET') return page('<form method="post"><button name="act" value="received">收到</button></form>')
    done.push({ deed: 'answer', order, person: who, at: now() })
    changed()
    page('已收到')
  }

  function file(response, path) {
    const wanted = normalize(path).replace(/^(\.\.[/\\])+/, '')
    const found = extname(wanted) ? join(dist, wanted) : join(dist, 'index.html')
    if (!existsSync(found)) return response.writeHead(404).end()
    response.writeHead(200, { 'Content-Type': TYPES[extname(found)] ?? 'application/octet-stream', 'Content-Security-Policy': POLICY })
    createReadStream(found).pipe(response)
  }

  return new Promise((ready) =>
    server.listen(port, '127.0.0.1', () =>
      ready({
        url: `http://127.0.0.1:${server.address().port}`,
        extra,
        people: (many) => (answers.tick(many), done.push({ deed: 'answers', at: now() }), changed()),
        breakStreams: () => streams.forEach((stream) => stream.destroy()),
        answer: (order, person) => (done.push({ deed: 'answer', order, person, at: now() }), changed()),
        close: () => (clearInterval(ticking), server.closeAllConnections(), server.close()),
      }),
    ),
  )
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({ options: { port: { type: 'string' }, speed: { type: 'string' }, minute: { type: 'string' }, dist: { type: 'string' }, people: { type: 'string' } } })
  const mock = await startMock({ port: Number(values.port ?? 8197), speed: Number(values.speed ?? 12), minute: Number(values.minute ?? 35), people: Number(values.people ?? 400), ...(values.dist ? { dist: values.dist } : {}) })
  console.log(`${mock.url}/signin#night`)
}

/** Four carriers: one well, one coming back, one that says what is wrong with it, one that swallows what it gets. */
function carriers(at) {
  const before = (s) => new Date(at - s * 1000).toISOString()
  const one = (name, channels, weight, share, state, rest) => ({ name, channels: channels.map((channel) => ({ channel, waiting: channel === 'voice' ? 214 : 0 })), weight, share, state, own: '', why: '', since: null, in_hand: 0, window: 16, untold: 0, receipts: null, canary: null, ...rest })
  return [
    one('cmpp-mobile', ['text'], 7, 100, 'well', { in_hand: 3, untold: 12, receipts: { arrived: 48, of: 50 }, canary: { tried_at: before(41), told_at: before(38) } }),
    one('sip-trunk', ['voice'], 1, 30, 'returning', { in_hand: 60, window: 60, untold: 60, receipts: { arrived: 44, of: 50 } }),
    one('mail', ['mail'], 1, 0, 'own', { own: 'unreached', why: "Couldn't connect to host, port: mail.example, 25; timeout 5000", since: before(95) }),
    one('smpp-unicom', ['text'], 3, 0, 'silent', { untold: 37, since: before(312), receipts: { arrived: 9, of: 50 }, canary: { tried_at: before(12), told_at: null } }),
  ]
}
