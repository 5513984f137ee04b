import { sql } from 'kysely'
import type { RawBuilder, SqlBool } from 'kysely'
import { ckanTag } from '../ckan/names.ts'
import { fold } from '../entries/model.ts'
import { formatCodes } from './indexed.ts'
import { licenceAddresses, readPackageName } from './names.ts'
import type { SolrQuery, SolrRange, SolrTerm } from './solr.ts'
import { SolrSyntaxError, solrDate } from './solr.ts'

/** A condition on rows of `visibleEntries` under the name `v`. */
export type Condition = RawBuilder<SqlBool>

/** What a filter needs to know: the moment for `NOW`, and which names of houses lie behind a CKAN name or id. */
export type FilterFacts = {
  readonly now: Date
  readonly holdersOf: (nameOrId: string) => readonly string[]
}

const always = sql<SqlBool>`true`
const never = sql<SqlBool>`false`

/** Fields that every public package has with the same value. */
const constants: Readonly<Record<string, string>> = {
  state: 'active',
  type: 'dataset',
  dataset_type: 'dataset',
  entity_type: 'package',
  capacity: 'public',
  private: 'false',
  site_id: 'allmende',
}

/** The SQL of a Solr query; throws `SolrSyntaxError` for a field that packages do not have. */
export function filterOf(query: SolrQuery, facts: FilterFacts): Condition {
  switch (query.kind) {
    case 'all':
      return always
    case 'and':
    case 'or':
      return joined(
        query.of.map((each) => filterOf(each, facts)),
        query.kind,
      )
    case 'not':
      return sql<SqlBool>`not coalesce(${filterOf(query.of, facts)}, false)`
    case 'range':
      return rangeFilter(query, facts)
    case 'term':
      return termFilter(query, facts)
  }
}

function joined(parts: readonly Condition[], word: 'and' | 'or'): Condition {
  return sql<SqlBool>`(${sql.join(parts, word === 'and' ? sql` and ` : sql` or `)})`
}

const dates: Readonly<Record<string, Condition | RawBuilder<unknown>>> = {
  metadata_modified: sql`v.modified_at`,
  metadata_created: sql`v.created_at`,
  last_modified: sql`v.modified_at`,
}

function rangeFilter(range: SolrRange, facts: FilterFacts): Condition {
  const column = dates[range.field]
  if (!column) {
    // `field:[* TO *]` asks whether there is a value at all.
    if (range.from === null && range.to === null) return existsFilter(range.field)
    throw new SolrSyntaxError(
      `The field “${range.field}” takes no range. Dates: ${Object.keys(dates).join(', ')}.`,
    )
  }
  const parts: Condition[] = [always]
  const [least, most] = range.inclusive ? [sql`>=`, sql`<=`] : [sql`>`, sql`<`]
  if (range.from !== null) parts.push(sql<SqlBool>`${column} ${least} ${solrDate(range.from, facts.now)}`)
  if (range.to !== null) parts.push(sql<SqlBool>`${column} ${most} ${solrDate(range.to, facts.now)}`)
  return joined(parts, 'and')
}

function existsFilter(field: string): Condition {
  const filled: Readonly<Record<string, Condition>> = {
    organization: always,
    groups: sql<SqlBool>`cardinality(v.topics) > 0`,
    res_format: sql<SqlBool>`cardinality(v.formats) > 0`,
    license_id: sql<SqlBool>`v.licence is not null`,
    tags: sql<SqlBool>`jsonb_array_length(v.record->'keywords') > 0`,
  }
  return filled[field] ?? (field in constants || field in byField ? always : unknownField(field))
}

function termFilter(term: SolrTerm, facts: FilterFacts): Condition {
  if (term.field === null) return textFilter(sql`v.search`, sql`v.folded`, term)
  const constant = constants[term.field]
  if (constant !== undefined) return term.value.toLowerCase() === constant ? always : never
  const filter = byField[term.field]
  return filter ? filter(term, facts) : unknownField(term.field)
}

function unknownField(field: string): Condition {
  // Extras differ from portal to portal: one we do not have is simply never filled.
  if (field.startsWith('extras_') || field.startsWith('vocab_')) return never
  throw new SolrSyntaxError(`undefined field ${field}`)
}

const byField: Readonly<Record<string, (term: SolrTerm, facts: FilterFacts) => Condition>> = {
  id: (term) => idFilter(term.value),
  name: (term) => idFilter(term.value),
  title: (term) => textFilter(sql`to_tsvector('german', v.title)`, sql`lower(v.title)`, term),
  title_string: (term) => sql<SqlBool>`lower(v.title) = ${term.value.toLowerCase()}`,
  notes: (term) => textFilter(sql`to_tsvector('german', v.summary)`, sql`lower(v.summary)`, term),
  text: (term) => textFilter(sql`v.search`, sql`v.folded`, term),
  organization: (term, facts) => oneOf(sql`v.holder_name`, facts.holdersOf(term.value)),
  owner_org: (term, facts) => oneOf(sql`v.holder_name`, facts.holdersOf(term.value)),
  groups: (term) => overlaps(sql`v.topics`, [term.value.toUpperCase()]),
  theme: (term) => overlaps(sql`v.topics`, [term.value.split('/').at(-1)!.toUpperCase()]),
  tags: (term) => tagFilter(term.value),
  keywords: (term) => tagFilter(term.value),
  res_format: (term) => overlaps(sql`v.formats`, formatCodes(term.value)),
  license_id: (term) => oneOf(sql`v.licence`, licenceAddresses(term.value)),
  isopen: (term) => sql<SqlBool>`(v.access = 'open') = ${term.value.toLowerCase() === 'true'}`,
  metadata_modified: (term, facts) => onDay(sql`v.modified_at`, term, facts),
  metadata_created: (term, facts) => onDay(sql`v.created_at`, term, facts),
  guid: (term) => identifierFilter(term.value),
  identifier: (term) => identifierFilter(term.value),
  'extras_resource-type': (term) => sql<SqlBool>`v.kind = ${term.value.toLowerCase()}`,
  extras_guid: (term) => identifierFilter(term.value),
  extras_identifier: (term) => identifierFilter(term.value),
}

function textFilter(vector: RawBuilder<unknown>, plain: RawBuilder<unknown>, term: SolrTerm): Condition {
  const word = fold(term.value)
  if (word === '') return always
  if (term.phrase) return sql<SqlBool>`${vector} @@ phraseto_tsquery('german', ${term.value})`
  if (term.prefix)
    return sql<SqlBool>`${vector} @@ to_tsquery('german', ${`${term.value.replace(/[^\p{L}\p{N}]/gu, '')}:*`})`
  const inside = word.length >= 4 ? sql` or ${plain} like ${`%${word}%`}` : sql``
  return sql<SqlBool>`(${vector} @@ plainto_tsquery('german', ${term.value})${inside})`
}

function idFilter(value: string): Condition {
  const wanted = readPackageName(value)
  if (!wanted) return never
  return 'id' in wanted ? sql<SqlBool>`v.id = ${wanted.id}::uuid` : endsWith(wanted.ending)
}

/** Entries whose id ends so; the index of the expression makes it one look-up. */
export function endsWith(ending: string): Condition {
  return sql<SqlBool>`right(v.id::text, 12) = ${ending}`
}

function oneOf(column: RawBuilder<unknown>, values: readonly string[]): Condition {
  return values.length === 0 ? never : sql<SqlBool>`${column} in (${sql.join(values)})`
}

function overlaps(column: RawBuilder<unknown>, values: readonly string[]): Condition {
  return sql<SqlBool>`${column} && ${values}::text[]`
}

// Tags are keywords in the letters CKAN allows: what the client got back from us must find it again.
function tagFilter(value: string): Condition {
  const cleaned = sql`btrim(regexp_replace(k->>'text', '[^[:alnum:] _.-]+', ' ', 'g'))`
  return sql<SqlBool>`exists (select 1 from jsonb_array_elements(v.record->'keywords') k
    where lower(k->>'text') = ${value.toLowerCase()} or lower(${cleaned}) = ${(ckanTag(value)?.name ?? value).toLowerCase()})`
}

function identifierFilter(value: string): Condition {
  return sql<SqlBool>`(v.record->>'identifier' = ${value} or v.record->>'uri' = ${value})`
}

function onDay(column: RawBuilder<unknown>, term: SolrTerm, facts: FilterFacts): Condition {
  return sql<SqlBool>`${column} = ${solrDate(term.value, facts.now)}`
}
