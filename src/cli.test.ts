import { describe, expect, it } from 'vitest'
import type { Command } from './platform/command.ts'
import { general } from './platform/problem.ts'
import { commandsOf, runCli } from './cli.ts'
import { flagsOf, parseCommandLine } from './platform/command-line.ts'

const refused: Command = {
  room: 'questions',
  verb: 'close',
  usage: 'close ID',
  summary: 'Refuses.',
  needsHub: false,
  run: async () => {
    throw general.forbidden()
  },
}
const broken: Command = {
  ...refused,
  verb: 'break',
  needsHub: false,
  run: () => Promise.reject(new Error('no such device')),
}
const bare: Command = { ...refused, verb: 'show', usage: 'show NUMBER', needsHub: false, run: async () => 2 }
const echo: Command = {
  room: 'questions',
  verb: 'echo',
  usage: 'echo WORD… [--json]',
  summary: 'Says what it was given.',
  needsHub: false,
  run: async (args, io) => {
    io.out(JSON.stringify({ ...args, json: io.json }))
    return 0
  },
}

async function run(...argv: string[]) {
  const lines: string[] = []
  const say = (line: string) => void lines.push(line)
  const openCtx = () => Promise.reject(new Error('needs no hub'))
  const code = await runCli(argv, {
    commands: [refused, broken, bare, echo],
    openCtx,
    debug: () => false,
    out: say,
    note: say,
  })
  return { code, text: lines.join('\n') }
}

describe('the command line', () => {
  it('tells words from options, in any order', () => {
    const flags = flagsOf([
      { usage: 'find WORDS [--facets] [--dp --epsilon E] [--pin N --yes | --kind a|b]' },
    ])
    expect([...flags].sort()).toEqual(['dp', 'facets', 'help', 'json', 'yes'])
    expect(parseCommandLine(['a', '--data', 'x', 'b', '--data=y', '--json'], flags)).toEqual({
      words: ['a', 'b'],
      options: { data: ['x', 'y'], json: true },
    })
    expect(parseCommandLine(['--facets', 'trees', '--epsilon', '-1'], flags)).toEqual({
      words: ['trees'],
      options: { facets: true, epsilon: '-1' },
    })
  })

  it('refuses an option the verb does not know, before it runs', async () => {
    expect(await run('questions', 'echo', 'x', '--prest', 'high')).toEqual({
      code: 2,
      text: expect.stringContaining('--prest'),
    })
  })

  it('says how a verb is called that ends as unusable without a word', async () => {
    expect(await run('questions', 'show')).toEqual({ code: 2, text: 'Usage: allmende questions show NUMBER' })
    expect(JSON.parse((await run('questions', 'show', '--json')).text)).toMatchObject({ status: 400 })
  })

  it('hands a command its words and options', async () => {
    expect(JSON.parse((await run('questions', 'echo', 'x', '--json')).text)).toMatchObject({
      words: ['x'],
      json: true,
    })
  })

  it('ends with 1 and the reason when a rule refuses', async () => {
    expect(await run('questions', 'close')).toEqual({
      code: 1,
      text: expect.stringContaining('You may not do this here'),
    })
  })

  it('ends with 2 and shows what there is when the call is unusable', async () => {
    const { code, text } = await run('questions', 'fly')
    expect(code).toBe(2)
    expect(text).toContain('allmende questions echo WORD…')
  })

  it('lists everything with --help', async () => {
    const { code, text } = await run('--help')
    expect(code).toBe(0)
    expect(text).toContain('allmende questions close ID')
  })

  it('says a fault in one line, and in JSON where that was asked for', async () => {
    const { code, text } = await run('questions', 'break')
    expect({ code, text }).toEqual({ code: 2, text: 'Unexpected error: no such device' })
    const json = await run('questions', 'break', '--json')
    expect(json.code).toBe(2)
    expect(JSON.parse(json.text.split('\n')[0]!)).toMatchObject({ detail: 'no such device' })
  })

  it('loads the room that is called, and every room for help', async () => {
    expect(new Set((await commandsOf('sandbox')).map((each) => each.room))).toEqual(new Set(['sandbox']))
    expect(await commandsOf('toString')).toEqual(await commandsOf())
  })

  it('has every verb once, with a usage and a sentence', async () => {
    const allCommands = await commandsOf()
    expect(allCommands.length).toBeGreaterThan(20)
    const names = allCommands.map((c) => `${c.room} ${c.verb}`)
    expect(new Set(names).size).toBe(names.length)
    for (const command of allCommands) {
      expect(command.usage.startsWith(command.verb)).toBe(true)
      expect(command.summary).toMatch(/^[A-Z].*\.$/)
    }
  })
})
