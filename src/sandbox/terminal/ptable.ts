import type { CommandArgs, CommandIo, ExitCode } from '../../platform/command.ts'
import { perturbationTable, type TableParameters } from '../engine/ptable.ts'
import { numberOf, stop, texts } from './arguments.ts'

/** `ptable`: a perturbation table with its cumulative bounds; ends with 2 where the parameters allow none. */
export async function runPtable(args: CommandArgs, io: CommandIo): Promise<ExitCode> {
  const parameters = parametersOf(args)
  try {
    const { rows } = perturbationTable(parameters)
    const flat = rows.flatMap(({ i, intervals }) =>
      intervals.map(({ v, p, lower, upper }) => ({ i, j: i + v, v, p, lower, upper })),
    )
    if (io.json) io.out(JSON.stringify({ parameters, rows: flat }, null, 2))
    else
      for (const r of flat)
        io.out([r.i, r.v, r.p.toFixed(8), r.lower.toFixed(8), r.upper.toFixed(8)].join('\t'))
    return 0
  } catch (error) {
    return error instanceof RangeError ? stop(error.message) : Promise.reject(error)
  }
}

function parametersOf(args: CommandArgs): TableParameters {
  const pstay = texts(args.options['pstay']).length > 0 ? { pstay: numberOf(args, 'pstay') } : {}
  const step = texts(args.options['step']).length > 0 ? { step: numberOf(args, 'step') } : {}
  const mono = listOf(args, 'mono', monoWords)
  const optim = listOf(args, 'optim', optimWords)
  const icat = listOf(args, 'icat', undefined)
  return {
    D: numberOf(args, 'D'),
    V: numberOf(args, 'V'),
    js: numberOf(args, 'js', 0),
    ...pstay,
    ...step,
    ...(mono ? { mono } : {}),
    ...(optim ? { equality: optim } : {}),
    ...(icat ? { rows: icat } : {}),
  }
}

const monoWords: Readonly<Record<string, boolean>> = { T: true, TRUE: true, F: false, FALSE: false }
/** 1: the variance is at most V, 4: it equals V. */
const optimWords: Readonly<Record<string, boolean>> = { '1': false, '4': true }

function listOf(args: CommandArgs, name: string, words: undefined): number[] | undefined
function listOf(
  args: CommandArgs,
  name: string,
  words: Readonly<Record<string, boolean>>,
): boolean[] | undefined
/** `--mono T,T,F,T`: one value per row, the last one for all further rows. */
function listOf(args: CommandArgs, name: string, words: Readonly<Record<string, boolean>> | undefined) {
  const parts = texts(args.options[name]).flatMap((text) => text.split(','))
  if (parts.length === 0) return undefined
  return parts.map((part) => {
    const word = part.trim().toUpperCase()
    const value = words ? words[word] : Number(word)
    return value === undefined || Number.isNaN(value) ? stop(`--${name}: ${part} is not possible`) : value
  })
}
