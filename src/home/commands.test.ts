import { expect, it } from 'vitest'
import { commands } from './commands.ts'

async function run(...words: string[]) {
  const lines: string[] = []
  const say = (line: string) => void lines.push(line)
  const [command] = commands
  if (!command || command.needsHub) throw new Error('needs no hub')
  const code = await command.run({ words, options: {} }, { out: say, note: say, json: false })
  return { code, lines: lines.join('\n').split('\n') }
}

it.each([
  ['verbrauch', 'haushalt,block,stadtteil,personen,strom_kwh,waerme_kwh,wasser_m3', 20_000],
  ['geraete', 'block,stadtteil,wochentag,stunde,geraete', 10_000],
])('prints the register %s with its columns', async (name, header, rows) => {
  const { code, lines } = await run(name)
  expect(code).toBe(0)
  expect(lines[0]).toBe(header)
  expect(lines.length).toBeGreaterThan(rows)
})

it('names the registers when asked for one that does not exist', async () => {
  expect(await run('steuern')).toEqual({ code: 2, lines: [expect.stringContaining('verbrauch')] })
})
