import type { Ctx } from '../../platform/context.ts'
import type { CatalogueInfo } from '../dcat/catalogue.ts'
import type { LangText } from '../model.ts'
import type { FeedKind } from './store.ts'

type Words = { readonly path: string; readonly title: LangText; readonly description: LangText }

const wordsOf: Readonly<Record<FeedKind, (town: string) => Words>> = {
  open: (town) => ({
    path: '/catalog',
    title: { de: `Offene Daten ${town}`, en: `Open data ${town}` },
    description: {
      de: `Offene Datensätze der Häuser in ${town}.`,
      en: `Open datasets of the houses in ${town}.`,
    },
  }),
  protected: (town) => ({
    path: '/catalog/protected',
    title: { de: `Geschützte Daten ${town}`, en: `Protected data ${town}` },
    description: {
      de: `Datensätze, die es in ${town} gibt und die nicht offen sind, mit dem Weg zu Antworten.`,
      en: `Datasets that exist in ${town} and are not open, with the way to answers.`,
    },
  }),
  partner: (town) => ({
    path: '/catalog/partner',
    title: { de: `Daten für Partner ${town}`, en: `Data for partners ${town}` },
    description: {
      de: `Datensätze in ${town}, die andere Häuser dem eigenen Haus geöffnet haben.`,
      en: `Datasets in ${town} that other houses have opened to your own.`,
    },
  }),
}

/** What a feed says about itself as a catalogue. */
export function infoOf(ctx: Pick<Ctx, 'config'>, kind: FeedKind): CatalogueInfo {
  const { town, url } = ctx.config
  const { path, title, description } = wordsOf[kind](town)
  return {
    uri: `${url}${path}`,
    title,
    description,
    publisher: {
      id: `${url}/#operator`,
      name: { de: `Allmende ${town}` },
      type: null,
      url,
      email: null,
    },
    homepage: `${url}/catalogue`,
    issued: null,
    modified: null,
  }
}
