import { excerpt } from '../../platform/finding.ts'

/** What is wrong with a property of a node. `warn`: only a warning. `unseen`: nothing else is said of the value in the file. */
export type Fault = {
  rule:
    | 'min'
    | 'any'
    | 'max'
    | 'node'
    | 'iri'
    | 'literal'
    | 'datatype'
    | 'class'
    | 'list'
    | 'dropped'
    | 'dropped-value'
  value?: string
  wanted?: string
  list?: string
  warn?: boolean
  unseen?: boolean
}

type Text = { de: string; en: string }

/** The text of a breach in both languages; properties and classes stand with the prefixes of the profile. */
export function wordingOf(subject: string, property: string, fault: Fault): Text {
  const where = subject === '' ? property : `${subject}, ${property.replaceAll(' ', ' / ')}`
  const { de, en } = sentenceOf(fault, excerpt(fault.value ?? '', 120))
  return { de: `${where}: ${de}`, en: `${where}: ${en}` }
}

function sentenceOf(fault: Fault, value: string): Text {
  const wanted = fault.wanted ?? ''
  switch (fault.rule) {
    case 'min':
      return { de: 'Die Angabe fehlt; sie ist Pflicht.', en: 'The statement is missing; it is mandatory.' }
    case 'any':
      return { de: 'Mindestens eine dieser Angaben ist Pflicht.', en: 'At least one of these is mandatory.' }
    case 'max':
      return {
        de: `Erlaubt ist eine Angabe, hier sind es ${value}.`,
        en: `One statement is allowed, there are ${value}.`,
      }
    case 'node':
      return {
        de: `Erwartet wird eine Adresse oder ein Knoten, kein Text („${value}“).`,
        en: `An address or a node is expected, no text (“${value}”).`,
      }
    case 'iri':
      return {
        de: `Erwartet wird eine Adresse (IRI), hier steht „${value}“.`,
        en: `An address (IRI) is expected, here is “${value}”.`,
      }
    case 'literal':
      return {
        de: `Erwartet wird Text, keine Adresse („${value}“).`,
        en: `Text is expected, no address (“${value}”).`,
      }
    case 'datatype':
      return {
        de: `„${value}“ hat nicht den Datentyp ${wanted}.`,
        en: `“${value}” does not have the datatype ${wanted}.`,
      }
    case 'class':
      return classSentence(fault, value)
    case 'list':
      return {
        de: `„${value}“ steht nicht in der Liste ${fault.list}.`,
        en: `“${value}” is not on the list ${fault.list}.`,
      }
    case 'dropped':
      return wanted === ''
        ? {
            de: 'Die Eigenschaft gibt es in DCAT-AP.de 3.0 nicht mehr.',
            en: 'DCAT-AP.de 3.0 dropped this property.',
          }
        : {
            de: `Die Eigenschaft gibt es in DCAT-AP.de 3.0 nicht mehr; an ihre Stelle tritt ${wanted}.`,
            en: `DCAT-AP.de 3.0 dropped this property; ${wanted} takes its place.`,
          }
    case 'dropped-value':
      return {
        de: `„${value}“ gehört zu einer Liste, die es nicht mehr gibt.`,
        en: `“${value}” belongs to a list that was dropped.`,
      }
  }
}

function classSentence(fault: Fault, value: string): Text {
  if (fault.unseen)
    return {
      de: `„${value}“ ist in der Datei nicht als ${fault.wanted} beschrieben.`,
      en: `“${value}” is not described as ${fault.wanted} in the file.`,
    }
  return {
    de: `„${value}“ ist nicht vom Typ ${fault.wanted}.`,
    en: `“${value}” is not of the class ${fault.wanted}.`,
  }
}
