import type { Severity } from '../../platform/finding.ts'
import { isDescribed, isStated, statementsOf, statementsWith, type Graph } from '../../rdf/graph.ts'
import { indexGraph } from '../dcat/graph.ts'
import {
  iri,
  isNode,
  nodeKey,
  type NamedNode,
  type NodeTerm,
  type ObjectTerm,
  type Quad,
} from '../../rdf/terms.ts'
import { prefixes, RDF } from '../../rdf/vocabularies.ts'
import { classRules, kinds, type ClassRules } from './classes.ts'
import { dropped, droppedValues, listRules } from './lists.ts'
import { wordingOf, type Fault } from './wording.ts'

/** A broken rule. `code` is stable; `focus` is the node, `path` the property, `value` what stands there. */
export type Breach = {
  code: string
  severity: Severity
  focus: string
  path: string
  value: string | null
  text: { de: string; en: string }
}

/** Breaches kept per document; beyond it the same flaw repeats. `total` counts all. */
const MAX_BREACHES = 20_000

/** The result of a check: `conforms` says that no breach is an error. */
export type Conformity = { conforms: boolean; checked: number; total: number; breaches: Breach[] }

/** Names of profiles that can be checked. */
export const profiles = ['dcat-ap-de-3.0'] as const

/** Checks statements against DCAT-AP.de 3.0: the properties of each class, official lists, dropped properties. */
export function checkConformity(quads: Quad[]): Conformity {
  const look: Look = { graph: indexGraph(quads), breaches: [], total: 0, failed: false }
  let checked = 0
  for (const [name, rules] of Object.entries(classRules)) {
    for (const node of membersOf(look.graph, name)) {
      checked += 1
      checkNode(look, { node, name }, rules)
    }
  }
  checkDropped(look)
  return { conforms: !look.failed, checked, total: look.total, breaches: look.breaches }
}

type Look = { graph: Graph; breaches: Breach[]; total: number; failed: boolean }
type At = { node: NodeTerm; name: string }

const known: Record<string, string> = { ...prefixes, org: 'http://www.w3.org/ns/org#' }
const terms = new Map<string, NamedNode>()

/** The term of a prefixed name. */
export function termOf(name: string): NamedNode {
  const found = terms.get(name)
  if (found) return found
  const at = name.indexOf(':')
  const term = iri(`${known[name.slice(0, at)] ?? ''}${name.slice(at + 1)}`)
  terms.set(name, term)
  return term
}

function namesIn(list: string | undefined): string[] {
  return list === undefined ? [] : list.split(' ')
}

function membersOf(graph: Graph, name: string): NodeTerm[] {
  const own = kinds[name]?.filter((each) => !(each in classRules)) ?? []
  const found = new Map<string, NodeTerm>()
  const wanted = [name, ...own].map(termOf)
  for (const quad of statementsWith(graph, RDF.type))
    if (isNode(quad.subject) && wanted.some((each) => each.equals(quad.object)))
      found.set(nodeKey(quad.subject), quad.subject)
  return [...found.values()]
}

function checkNode(look: Look, at: At, rules: ClassRules): void {
  const values = (name: string): ObjectTerm[] =>
    statementsOf(look.graph, at.node, termOf(name)).map((quad) => quad.object)
  for (const name of namesIn(rules.min)) if (values(name).length === 0) note(look, at, name, { rule: 'min' })
  if (rules.any && namesIn(rules.any).every((name) => values(name).length === 0))
    note(look, at, rules.any, { rule: 'any' })
  for (const name of namesIn(rules.max)) {
    const all = values(name)
    if (all.length > 1) note(look, at, name, { rule: 'max', value: `${all.length}` })
  }
  checkValues(look, at, { rules, values })
  for (const list of listRules[at.name] ?? [])
    for (const value of values(list.property))
      if (value.termType !== 'NamedNode' || !list.holds(value.value))
        note(look, at, list.property, {
          rule: 'list',
          value: value.value,
          list: list.list,
          warn: list.warn === true,
        })
}

function checkValues(
  look: Look,
  at: At,
  given: { rules: ClassRules; values: (name: string) => ObjectTerm[] },
): void {
  const { rules, values } = given
  const each = (
    list: string | undefined,
    wrong: (value: ObjectTerm) => boolean,
    rule: Fault['rule'],
  ): void => {
    for (const name of namesIn(list))
      for (const value of values(name)) if (wrong(value)) note(look, at, name, { rule, value: value.value })
  }
  each(rules.node, (value) => value.termType === 'Literal', 'node')
  each(rules.iri, (value) => value.termType !== 'NamedNode', 'iri')
  each(rules.literal, (value) => value.termType !== 'Literal', 'literal')
  for (const [name, datatype] of Object.entries(rules.datatype ?? {}))
    for (const value of values(name))
      if (value.termType === 'Literal' && !value.datatype.equals(termOf(datatype)))
        note(look, at, name, { rule: 'datatype', value: value.value, wanted: datatype })
  for (const [name, wanted] of Object.entries(rules.of ?? {}))
    for (const value of values(name)) checkClass(look, at, { name, value, wanted })
}

/** The class has to be stated in the file, as the official shapes want it; `unseen` only words it differently. */
function checkClass(
  look: Look,
  at: At,
  given: { name: string; value: ObjectTerm; wanted: { class: string; warn?: true } },
): void {
  const { name, value, wanted } = given
  if (value.termType === 'Literal') return
  const good = [wanted.class, ...(kinds[wanted.class] ?? [])]
  if (good.some((each) => isStated(look.graph, value, RDF.type, termOf(each)))) return
  const unseen = value.termType === 'NamedNode' && !isDescribed(look.graph, value)
  note(look, at, name, {
    rule: 'class',
    value: value.value,
    wanted: wanted.class,
    warn: wanted.warn === true,
    unseen,
  })
}

function checkDropped(look: Look): void {
  for (const [name, instead] of Object.entries(dropped))
    for (const quad of statementsWith(look.graph, termOf(name)))
      note(look, { node: quad.subject as NodeTerm, name: '' }, name, {
        rule: 'dropped',
        value: quad.object.value,
        wanted: instead ?? '',
        warn: true,
      })
  for (const [name, pattern] of Object.entries(droppedValues))
    for (const quad of statementsWith(look.graph, termOf(name)))
      if (pattern.test(quad.object.value))
        note(look, { node: quad.subject as NodeTerm, name: '' }, name, {
          rule: 'dropped-value',
          value: quad.object.value,
          warn: true,
        })
}

function note(look: Look, at: At, name: string, fault: Fault): void {
  look.total += 1
  if (!fault.warn) look.failed = true
  if (look.breaches.length >= MAX_BREACHES) return
  const subject = at.name === '' ? 'resource' : (at.name.split(':')[1] ?? '')
  const property = name
    .split(' ')
    .map((each) => each.split(':')[1])
    .join('-or-')
  look.breaches.push({
    code: `dcat-ap-de-3.0.${subject}.${property}.${fault.rule}`,
    severity: fault.warn ? 'warning' : 'error',
    focus: nodeKey(at.node),
    path: name.includes(' ') ? name : termOf(name).value,
    value: fault.value === undefined ? null : fault.value.slice(0, 500),
    text: wordingOf(at.name, name, fault),
  })
}
