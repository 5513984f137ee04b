import { invalid } from './errors.ts'
import type { Params } from './params.ts'
import { textOf } from './params.ts'

type Listed = { readonly name: string; readonly title: string; readonly package_count: number }

const values = {
  name: (each: Listed) => each.name,
  title: (each: Listed) => each.title.toLowerCase(),
  package_count: (each: Listed) => each.package_count,
  packages: (each: Listed) => each.package_count,
}

/** Houses or themes as `sort` wants them (`name`, `title` or `package_count`, `asc` or `desc`), else as `otherwise` says; ties by name. */
export function sortListed<T extends Listed>(list: readonly T[], params: Params, otherwise: string): T[] {
  const said = textOf(params, 'sort') ?? textOf(params, 'order_by') ?? otherwise
  const match = /^\s*(\w+)(?:\s+(asc|desc))?\s*$/i.exec(said)
  const field = match?.[1] ?? ''
  if (!match || !isField(field))
    throw invalid('sort', `Sort by one of ${Object.keys(values).join(', ')}, asc or desc`)
  const valueOf = values[field]
  // CKAN puts the houses with most datasets first where no direction is said.
  const down = match[2] ? match[2].toLowerCase() === 'desc' : field.startsWith('package')
  const compare = (a: T, b: T) => order(valueOf(a), valueOf(b)) * (down ? -1 : 1) || order(a.name, b.name)
  return list.toSorted(compare)
}

function isField(name: string): name is keyof typeof values {
  return Object.hasOwn(values, name)
}

function order(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0
}
