import type { Finding } from '../../platform/finding.ts'
import { finding } from '../../platform/finding.ts'
import type { PageRequest } from '../formats/format.ts'

/** Pages in a row that may repeat what was listed before; a server that pays no heed to the page goes on for ever. */
export const MAX_IDLE = 3

type At = { readonly request: PageRequest | null }

/** The page came earlier in this run. */
export const circles = (page: At): Finding =>
  finding(
    'error',
    'paging-loop',
    {
      de: 'Der Katalog führt im Kreis: Diese Seite war in diesem Abruf schon da.',
      en: 'The catalogue leads in circles: this page came earlier in this run.',
    },
    page.request?.url,
  )
/** The page is the one before it once more. */
export const twice = (page: At): Finding =>
  finding(
    'error',
    'same-page-twice',
    {
      de: 'Zwei Seiten hintereinander waren gleich; der Rest wurde nicht gelesen.',
      en: 'Two pages in a row were the same; the rest was not read.',
    },
    page.request?.url,
  )
/** Page after page lists only what came already. */
export const nothingNew = (page: At): Finding =>
  finding(
    'error',
    'nothing-new',
    {
      de: `${MAX_IDLE} Seiten hintereinander listeten nur, was schon da war; der Rest wurde nicht gelesen.`,
      en: `${MAX_IDLE} pages in a row listed nothing but what had come already; the rest was not read.`,
    },
    page.request?.url,
  )
/** More than any catalogue has. */
export const endless = (page: At): Finding =>
  finding(
    'error',
    'too-much',
    {
      de: 'Der Katalog nimmt kein Ende (mehr als 20.000 Seiten, 20 GB oder ein Tag).',
      en: 'The catalogue has no end (more than 20,000 pages, 20 GB or a day).',
    },
    page.request?.url,
  )

/** The next page lies on a host the source has nothing to do with. */
export const elsewhere = (url: string): Finding =>
  finding(
    'error',
    'next-page-elsewhere',
    {
      de: 'Die nächste Seite des Katalogs liegt auf einem anderen Rechner und wurde nicht gelesen.',
      en: 'The next page of the catalogue lies on another host and was not read.',
    },
    url.slice(0, 500),
  )

/** A further page in which there is no catalogue. */
export const silence = finding('error', 'page-without-catalogue', {
  de: 'Eine weitere Seite des Katalogs enthält keinen Katalog; was dahinter liegt, wurde nicht gelesen.',
  en: 'A further page of the catalogue holds no catalogue; what lies behind it was not read.',
})
