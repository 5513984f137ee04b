import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SandboxCast } from '../../test/fixtures/sandbox/room.ts'
import { createSandboxCast, readyRoom, signedAgreement } from '../../test/fixtures/sandbox/room.ts'
import { createWorld, type World } from '../../test/harness.ts'
import { getQuestion } from '../questions/service.ts'
import { listEntries } from '../transparency/service.ts'
import type { Workspace } from './model.ts'
import * as service from './service.ts'

let world: World
let cast: SandboxCast
let workspace: Workspace
beforeAll(async () => {
  world = await createWorld()
  cast = await createSandboxCast(world)
  workspace = (await readyRoom(cast, await signedAgreement(cast))).workspace
})
afterAll(() => world.close())

const ask = (sql: string) => service.runQuery(cast.analyst.ctx, { workspaceId: workspace.id, sql })
const byDistrict = 'SELECT stadtteil, COUNT(*) AS kinder FROM kinder GROUP BY stadtteil'

describe('a round through the sandbox', () => {
  it('moves the question to analysing with the first confirmed table', async () => {
    expect((await getQuestion(world.system, cast.questionId)).state).toBe('analysing')
  })

  it('answers with protected figures near the truth and hides what stands for too few', async () => {
    const query = await ask(byDistrict)
    expect(query.refusal).toBeNull()
    expect(query.state).toBe('answered')
    const figures = new Map(query.result!.rows.map((row) => [row[0], row[1]]))
    for (const name of ['Altstadt', 'Hafen', 'Weststadt', 'Nordhang']) {
      expect(Math.abs(Number(figures.get(name)) - 300)).toBeLessThanOrEqual(10)
    }
    expect(figures.get('Steinbruch')).toBeNull()
    expect(query.cellsNew).toBeGreaterThan(0)
  })
})
