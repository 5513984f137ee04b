import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { children, heat, visits } from '../attacks/target.ts'
import { supposedTables } from '../ingest/roles-file.ts'
import { explain } from './explain.ts'
import { presets } from './preset.ts'

const tables = supposedTables([children.spec, heat.spec, visits.spec])
const room = { tables, preset: presets.allmende }

test('arbitrary text never breaks the planner', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 200 }), async (sql) => {
      expect((await explain({ sql, room })).admissible).toBe(false)
    }),
    { numRuns: 500, seed: 7 },
  )
})
