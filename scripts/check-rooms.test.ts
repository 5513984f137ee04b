import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { findBreaches } from './check-rooms.ts'
import { documentedShare, functionsOf, percentile } from './check-sizes.ts'

const folders: string[] = []
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true })))

function house(files: Record<string, string>): readonly string[] {
  const root = mkdtempSync(join(tmpdir(), 'allmende-house-'))
  folders.push(root)
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), text)
  }
  return findBreaches(root).map((breach) => `${breach.file}: ${breach.says}`)
}

it('finds nothing in a kept house', () => {
  expect(
    house({ 'src/questions/service.ts': "import { record } from '../transparency/service.ts'\n" }),
  ).toEqual([])
})

it.each([
  ['src/questions/service.ts', "import { x } from '../catalogue/service.ts'", /go left only/],
  ['src/catalogue/service.ts', "import { x } from '../questions/store.ts'", /only model, schema and service/],
  ['src/web/table.tsx', "import { x } from '../questions/model.ts'", /toolbox imports no room/],
  ['src/platform/db.ts', "import { x } from '../web/table.tsx'", /no other toolbox/],
  ['src/questions/model.ts', "import { x } from './store.ts'", /may import model/],
  ['src/questions/helpers.ts', '', /says nothing/],
  ['src/questions/ballots.ts', '', /no layer of a room/],
  ['src/thing.ts', '', /only the entry files/],
  ['src/questions/store.ts', "db.selectFrom('catalogue_entry')", /ask catalogue\/service/],
  ['src/questions/service.ts', 'export default 1', /default exports/],
  ['src/questions/service.ts', 'const x: any = 1', /switches the checking off/],
  ['src/questions/service.ts', 'process.env.HOME', /reads the environment/],
  ['src/questions/service.ts', '\n'.repeat(401), /cap is 400/],
  ['src/sandbox/engine/plan.ts', "import type { Ctx } from '../../platform/context.ts'", /pure engine/],
])('says what is wrong in %s', (file, text, says) => {
  expect(house({ [file]: text })).toEqual([expect.stringMatching(says)])
})

it('finds imports that run in a circle, but lets types go round', () => {
  const circle = {
    'src/home/one/a.ts': "import { b } from './b.ts'",
    'src/home/one/b.ts': "import { a } from './a.ts'",
  }
  expect(house(circle)).toEqual([expect.stringMatching(/in a circle/)])
  expect(house({ ...circle, 'src/home/one/b.ts': "import type { a } from './a.ts'" })).toEqual([])
})

it('measures functions, shares and percentiles', () => {
  const text =
    'export function a() {\n  return 1\n}\n\n/** says so */\nexport const b = () => {\n  return 2\n}\n'
  expect(functionsOf('x.ts', text).map((f) => f.lines)).toEqual([3, 3])
  expect(documentedShare([text])).toBe(0.5)
  expect(percentile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.9)).toBe(9)
})
