import { buildAssets } from '../src/web/assets.ts'

const started = performance.now()
await buildAssets()
console.log(`dist/assets built in ${Math.round(performance.now() - started)} ms`)
