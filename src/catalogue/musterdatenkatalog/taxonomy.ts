import taxonomy from './taxonomy.json' with { type: 'json' }

/** A theme of the Musterdatenkatalog: 25 of municipal life and one for the rest. `euTheme`: its code of the EU list. */
export type Theme = {
  readonly id: string
  readonly de: string
  readonly en: string
  readonly euTheme: string | null
  readonly concepts: readonly Concept[]
}

/** A model dataset: what a municipality typically has. `id` is the end of its address. */
export type Concept = {
  readonly id: string
  readonly de: string
  readonly en: string
  readonly theme: string
}

/** The themes with their model datasets (Musterdatenkatalog, version 4, CC0 1.0: 26 themes, 242 entries). */
export const mdkThemes: readonly Theme[] = taxonomy.themes.map(({ concepts, ...theme }) => ({
  ...theme,
  concepts: concepts.map(([id, de, en]) => ({ id: id!, de: de!, en: en!, theme: theme.id })),
}))

/** All model datasets, by theme. */
export const concepts: readonly Concept[] = mdkThemes.flatMap((theme) => theme.concepts)

const byId = new Map(concepts.map((concept) => [concept.id, concept]))
const byEnd = new Map(concepts.map((concept) => [concept.id.toLowerCase(), concept]))

/** The address of a model dataset, as it stands in `dct:references` (DCAT-AP.de 1.10.1). */
export function conceptAddress(id: string): string {
  return taxonomy.base + id
}

/** The model dataset of this id; undefined for others. */
export function conceptOf(id: string): Concept | undefined {
  return byId.get(id)
}

/** Themes of version 3 that have another name in version 4; addresses with them are still about. */
const oldThemes: Readonly<Record<string, string>> = {
  abfallwirtschaft: 'abfallentsorgung',
  bevoelkerung: 'bevoelkerungsstruktur',
  haushalt: 'finanzen/haushalt',
  umwelt: 'klimaschutzUndUmweltschutz',
  politik: 'politischePartizipation',
  soziales: 'sozialeHilfe',
}

/** The model dataset behind an address, also one of version 3 where it has a counterpart; undefined for any other address. */
export function conceptAt(address: string): Concept | undefined {
  const end = /^https?:\/\/(?:www\.)?musterdatenkatalog\.de\/def\/musterdatensatz\/([\w/-]+?)\/?$/.exec(
    address,
  )?.[1]
  if (end === undefined) return undefined
  const [theme = '', ...rest] = end.split('/')
  const renamed = [oldThemes[theme] ?? theme, ...rest].join('/')
  return byId.get(end) ?? byEnd.get(end.toLowerCase()) ?? byEnd.get(renamed.toLowerCase())
}
