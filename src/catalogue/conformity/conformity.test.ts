import { describe, expect, it } from 'vitest'
import { parseRdf } from '../../rdf/parse.ts'
import { closed, full } from '../dcat/examples.ts'
import { writeDcatDataset } from '../dcat/write.ts'
import { checkConformity, termOf, type Breach } from './check.ts'
import { classRules } from './classes.ts'
import { dropped, listRules } from './lists.ts'

const head = `@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix vcard: <http://www.w3.org/2006/vcard/ns#> . @prefix dcatde: <http://dcat-ap.de/def/dcatde/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<urn:p> a foaf:Agent ; foaf:name "Stadt" .`
const sound =
  '<urn:d> a dcat:Dataset ; dct:title "T"@de, "T"@en ; dct:description "D" ; dct:publisher <urn:p> .'

async function breaches(turtle: string): Promise<Breach[]> {
  const { quads, findings } = await parseRdf(new TextEncoder().encode(`${head}\n${turtle}`), {
    filename: 'a.ttl',
  })
  expect(findings).toEqual([])
  return checkConformity(quads).breaches
}
const codes = async (turtle: string): Promise<string[]> =>
  (await breaches(turtle)).map(({ code, severity }) => `${code.replace('dcat-ap-de-3.0.', '')} ${severity}`)

describe('the rules of DCAT-AP.de 3.0', () => {
  it('find nothing in what we write', () => {
    for (const record of [full, closed])
      expect(checkConformity(writeDcatDataset(record)).breaches).toEqual([])
  })

  it.each([
    [
      '<urn:d> a dcat:Dataset ; dct:title "T" .',
      'Dataset.description.min error',
      'Dataset.publisher.min error',
    ],
    [
      `${sound} <urn:d> dct:publisher <urn:q> . <urn:q> a foaf:Agent ; foaf:name "B" .`,
      'Dataset.publisher.max error',
    ],
    [
      `${sound} <urn:d> dcat:contactPoint [ a vcard:Kind ; vcard:fn "A" ] .`,
      'Kind.hasEmail-or-hasURL-or-hasTelephone.any error',
    ],
    [
      `${sound} <urn:d> dcat:contactPoint [ a vcard:Kind ; vcard:hasEmail "a@b.example" ] .`,
      'Kind.hasEmail.iri error',
    ],
    [`${sound} <urn:d> dcat:theme <urn:t> .`, 'Dataset.theme.list error'],
    [`${sound} <urn:d> dcat:theme "TRAN" .`, 'Dataset.theme.node error', 'Dataset.theme.list error'],
    [`${sound} <urn:d> dct:title <urn:t> .`, 'Dataset.title.literal error'],
    [`${sound} <urn:d> dcat:distribution <urn:x> .`, 'Dataset.distribution.class error'],
    [
      `${sound} <urn:d> dcat:distribution <urn:x> . <urn:x> a dcat:Distribution ; dcat:accessURL <urn:u> ; dcat:byteSize "12" .`,
      'Distribution.license.min error',
      'Distribution.byteSize.datatype error',
    ],
    [
      `${sound} <urn:d> dcat:distribution <urn:x> . <urn:x> a dcat:Distribution ; dcat:accessURL <urn:u> ; dct:license <urn:l> .`,
      'Distribution.license.list warning',
    ],
    [`${sound} <urn:d> dcatde:legalBasis "Gesetz" .`, 'resource.legalBasis.dropped warning'],
    [
      `${sound} <urn:d> dct:temporal [ a dct:PeriodOfTime ] .`,
      'PeriodOfTime.startDate-or-endDate-or-hasBeginning-or-hasEnd.any error',
    ],
  ])('name the fault in %s', async (turtle, ...expected) => {
    expect(await codes(turtle)).toEqual(expected)
  })

  it('say where, what and in both languages', async () => {
    const [first] = await breaches(`${sound} <urn:d> dct:accessRights <urn:geheim> .`)
    expect(first).toEqual({
      code: 'dcat-ap-de-3.0.Dataset.accessRights.list',
      severity: 'error',
      focus: 'urn:d',
      path: 'http://purl.org/dc/terms/accessRights',
      value: 'urn:geheim',
      text: {
        de: 'dcat:Dataset, dcterms:accessRights: „urn:geheim“ steht nicht in der Liste http://publications.europa.eu/resource/authority/access-right/.',
        en: 'dcat:Dataset, dcterms:accessRights: “urn:geheim” is not on the list http://publications.europa.eu/resource/authority/access-right/.',
      },
    })
  })

  it('use names with known prefixes only', () => {
    const names = Object.entries(classRules).flatMap(([name, rules]) => [
      name,
      ...[rules.min, rules.max, rules.any, rules.node, rules.iri, rules.literal].flatMap(
        (list) => list?.split(' ') ?? [],
      ),
      ...Object.keys(rules.of ?? {}),
    ])
    const lists = Object.values(listRules).flatMap((rules) => rules.map(({ property }) => property))
    for (const name of [...names, ...lists, ...Object.keys(dropped)])
      expect([name, termOf(name).value.startsWith('http')]).toEqual([name, true])
  })
})
