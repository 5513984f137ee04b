import { commandsOf, runCli } from './cli.ts'
import { reasonOf } from './platform/cannot-start.ts'
import { readConfig } from './platform/config.ts'

const out = (line: string) => void process.stdout.write(`${line}\n`)
const note = (line: string) => void process.stderr.write(`${line}\n`)

// `allmende … | head` reads no further: that is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 2))

const debug = () => readConfig().logLevel === 'debug'

async function openCtx() {
  const { openHub } = await import('./hub.ts')
  const hub = await openHub(readConfig())
  return { ctx: hub.makeCtx(), close: () => hub.close() }
}

type Own = { readonly usage: string; readonly fits: (rest: readonly string[]) => boolean }

// The two verbs that belong to no room.
const serving: Own = { usage: 'Usage: allmende serve', fits: (rest) => rest.length === 0 }
const backingUp: Own = {
  usage: 'Usage: allmende backup [FILE]',
  fits: (rest) => rest.length < 2 && !rest[0]?.startsWith('-'),
}
const own = new Map([
  ['serve', serving],
  ['backup', backingUp],
])

// Each way loads what it needs: a verb without a hub starts without pages and database.
async function main(argv: readonly string[]): Promise<number | undefined> {
  const verb = own.get(argv[0] ?? '')
  if (verb && !verb.fits(argv.slice(1))) {
    note(verb.usage)
    return 2
  }
  if (argv[0] === 'serve') {
    const { serve } = await import('./serve.ts')
    await serve()
    return undefined
  }
  if (argv[0] === 'backup') {
    const { backUp } = await import('./backup.ts')
    return backUp(readConfig(), argv[1], { out, note })
  }
  return runCli(argv, { commands: await commandsOf(argv[0]), openCtx, debug, out, note })
}

try {
  const code = await main(process.argv.slice(2))
  if (code !== undefined) process.exitCode = code
} catch (error) {
  const reason = reasonOf(error)
  if (!reason) throw error
  note(reason)
  // Whatever was opened before the reason was found must not keep the process alive.
  process.exit(2)
}
