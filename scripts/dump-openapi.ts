import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApp } from '../src/app.ts'
import { openHub } from '../src/hub.ts'
import { readConfig } from '../src/platform/config.ts'
import { loadAssets } from '../src/web/assets.ts'

const folder = mkdtempSync(join(tmpdir(), 'allmende-openapi-'))
const config = readConfig({
  ...process.env,
  ALLMENDE_DATA: folder,
  ALLMENDE_URL: 'http://localhost:3000',
  LOG_LEVEL: 'error',
})
const hub = await openHub(config)
const app = createApp(hub, {
  assets: await loadAssets(),
  resolveActor: async () => ({ kind: 'anonymous' }),
  resolveTown: async () => ({ ags: config.ags, name: config.town }),
})
const answer = await app.request('/api/v1/openapi.json')
const now = `${JSON.stringify(await answer.json(), null, 2)}\n`
await hub.close()
rmSync(folder, { recursive: true })
if (!process.argv.includes('--check')) writeFileSync('docs/openapi.json', now)
else if (readFileSync('docs/openapi.json', 'utf8') !== now) {
  process.stdout.write(
    'docs/openapi.json differs from the routes. Run: node --import ./script/tsx-hook.mjs scripts/dump-openapi.ts\n',
  )
  process.exitCode = 1
}
process.exit()
