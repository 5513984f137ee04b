import type { Guesses } from './averaging.ts'
import type { Town } from './town.ts'

/** One table as any statistical office might publish it: by which dimensions, and how many of its cells are shown. */
export type OneTable = { readonly way: readonly number[]; readonly shown: number; readonly guesses: Guesses }

/**
 * Group inference: what one table by ordinary rules tells about its members, as a measure for whole campaigns. Exact counts,
 * cells of fewer than `k` with the secret are blank. Of the tables with at most `cells` shown cells the one is taken that should
 * tell most (a cell of g people names about 0.4·√g more of them rightly than guessing): each member of a shown cell is said
 * to have what most in it have; members of a blank cell of 2k people or more are said not to have it.
 */
export function oneTableOf(town: Town, by: { cells: number; k: number }): OneTable {
  let best: OneTable = { way: [], shown: 0, guesses: new Map() }
  let most = 0
  for (const way of subsets(town.known.length, 5)) {
    const groups = Map.groupBy(town.people.keys(), (i) => way.map((d) => town.people[i]?.values[d]).join('|'))
    const cells = [...groups.values()].map((members) => ({
      members,
      yes: members.filter((i) => town.people[i]?.secret).length,
    }))
    const shown = cells.filter(({ yes }) => yes >= by.k)
    const told = shown.reduce((sum, { members }) => sum + Math.sqrt(members.length), 0)
    if (told <= most || shown.length > by.cells) continue
    most = told
    const blank = cells.filter(({ members, yes }) => yes < by.k && members.length >= 2 * by.k)
    const known = [...shown, ...blank.map(({ members }) => ({ members, yes: by.k / 2 }))]
    best = { way, shown: shown.length, guesses: new Map(known.flatMap(guessesIn)) }
  }
  return best
}

function guessesIn(cell: { members: readonly number[]; yes: number }): [number, number][] {
  return cell.members.map((i) => [i, cell.yes / cell.members.length])
}

/** All ways to choose one to `most` of `count` dimensions. */
export function subsets(count: number, most: number): number[][] {
  return Array.from({ length: 2 ** count - 1 }, (_, n) =>
    Array.from({ length: count }, (_x, i) => i).filter((i) => ((n + 1) >> i) & 1),
  ).filter((way) => way.length <= most)
}
