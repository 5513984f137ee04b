import type { Block } from './block.ts'
import type { InnerAggregate } from './inner.ts'

/** Places of protected cells as the second engine names them in what it computed: `(_f0 / _f1)`. */
const place = /\b_([df])(\d+)\b/g

/** The name of a computed column in the analyst's words: dimensions and figures instead of their places. */
export function derivedName(name: string, blocks: readonly Pick<Block, 'dimensions' | 'query'>[]): string {
  return name.replaceAll(place, (found: string, kind: string, digits: string) => {
    const at = Number(digits)
    const names = blocks.flatMap(({ dimensions, query }) => {
      const figure = query.aggregates[at]
      return kind === 'd' ? (dimensions[at]?.name ?? []) : figure ? figureName(figure) : []
    })
    // In several blocks the same place may mean several things.
    return new Set(names).size === 1 ? (names[0] ?? found) : kind === 'd' ? 'dimension' : 'figure'
  })
}

const functions: Partial<Record<InnerAggregate['kind'], string>> = {
  rows: 'count',
  units: 'count',
  values: 'count',
  others: 'count',
  mean: 'avg',
}

function figureName(figure: InnerAggregate): string {
  const word = functions[figure.kind] ?? ('of' in figure ? figure.of : figure.kind)
  const column = 'measure' in figure ? figure.measure.column : 'on' in figure ? figure.on.column : ''
  return column ? `${word}_${column}` : word
}
