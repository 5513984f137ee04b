import { createServer, type Server } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { createApp } from './app.ts'
import { fillDemoIfAsked, introduceDemo } from './demo.ts'
import type { Hub } from './hub.ts'
import { openHub } from './hub.ts'
import { resolveActor } from './identity/auth.ts'
import { resolveTown } from './identity/service.ts'
import { CannotStart } from './platform/cannot-start.ts'
import type { Config } from './platform/config.ts'
import { readConfig } from './platform/config.ts'
import { errorFields } from './platform/log.ts'
import { loadAssets } from './web/assets.ts'

const out = (line: string) => void process.stdout.write(`${line}\n`)
const note = (line: string) => void process.stderr.write(`${line}\n`)

/**
 * Starts the hub by its role (HTTP, worker or both) and ends it in order on SIGTERM and SIGINT. Throws `CannotStart` where the
 * port is taken, another process holds the embedded database, or the configuration cannot be used.
 */
export async function serve(): Promise<void> {
  const config = readConfig()
  if (config.role !== 'worker') await assertFree(config)
  const hub = await openHub(config)
  await fillDemoIfAsked(hub, note)
  const app = createApp(hub, {
    assets: await loadAssets(),
    resolveActor: (headers) => resolveActor(hub.resources.auth!, hub.database.db, headers),
    resolveTown: (host) => resolveTown(hub.database.db, config, host),
  })
  const server = config.role === 'worker' ? undefined : createAdaptorServer({ fetch: app.fetch })
  if (server) await listen(server, config)
  if (config.role !== 'http') await hub.work()
  hub.log.info({ port: config.port, role: config.role }, 'ready')
  if (server && !config.demo) out(`${config.town}: ${config.url}`)
  // The search index is loaded beside the first pages; until it is there, the database searches.
  if (server)
    hub.resources.catalogueIndex?.ready().catch((error) => hub.log.error(errorFields(error), 'search index'))
  await introduceDemo(hub, out)
  // A bug in one background task must not end the hub for everybody; it is logged like any other.
  process.on('unhandledRejection', (error) => hub.log.error(errorFields(error), 'unhandled'))
  stopOnSignal(hub, () => new Promise((closed) => (server ? server.close(() => closed()) : closed())))
}

/** Asked before anything is opened: a demo is not filled for nothing. */
async function assertFree(config: Config): Promise<void> {
  const server = createServer()
  await listen(server, config)
  await new Promise((closed) => server.close(closed))
}

function listen(server: Server, { port, host }: Config): Promise<void> {
  return new Promise((ready, refuse) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      refuse(error.code === 'EADDRINUSE' ? new CannotStart(taken(port)) : error),
    )
    server.listen(port, host, ready)
  })
}

const taken = (port: number) =>
  `Port ${port} is taken by another program. Choose another one, for example PORT=${port + 1}.`

function stopOnSignal(hub: Hub, closeServer: () => Promise<void>): void {
  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    // A browser's open connection must not keep the hub from ending.
    await Promise.race([closeServer(), new Promise((after) => setTimeout(after, 2000))])
    await hub.close()
    process.exit(0)
  }
  process.on('SIGTERM', () => void stop())
  process.on('SIGINT', () => void stop())
}
