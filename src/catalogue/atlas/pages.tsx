import type { App, Call } from '../../platform/http.ts'
import { page } from '../../web/layout.tsx'
import { Note } from '../../web/parts.tsx'
import { words } from '../messages.ts'
import { searchInput } from '../schema.ts'
import type { Asked } from '../search/asked.ts'
import { askedOf } from '../search/pages.tsx'
import { searchEntries } from '../search/service.ts'
import { messages } from './messages.ts'
import { outlinesIn } from './outlines.ts'
import { AtlasHead, AtlasPage } from './views.tsx'

/** The map of all entries that name a place, as circles that lead into their part of it. */
export function atlasPages(app: App): void {
  app.get('/catalogue/atlas', showAtlas)
}

async function showAtlas(c: Call): Promise<Response> {
  const view = c.get('view')
  const text = messages[view.locale]
  const { asked, wrong } = withSides(c, askedOf(c))
  const found = await searchEntries(c.get('ctx'), { ...asked, spread: true })
  const outlines = found.spread ? await outlinesIn(c.get('ctx'), found.spread.window) : undefined
  const props = { view, asked, found, outlines }
  return page(
    c,
    {
      title: text.title,
      room: 'catalogue',
      crumbs: [{ label: words[view.locale].room, href: '/catalogue' }, { label: text.title }],
      lead: text.lead,
      under: (
        <>
          <AtlasHead {...props} />
          {wrong ? <Note tone="warn">{text.wrong}</Note> : null}
        </>
      ),
      bare: true,
      islands: ['enhance'],
      ...(asked.cursor || asked.bbox || asked.q ? { robots: 'noindex' } : {}),
    },
    <AtlasPage {...props} />,
  )
}

/** The window from four fields of the form, where they were sent; German decimal commas are understood. */
function withSides(c: Call, asked: Asked): { asked: Asked; wrong: boolean } {
  const sides = ['west', 'south', 'east', 'north'].map((side) => c.req.query(side))
  if (sides.every((side) => side === undefined)) return { asked, wrong: false }
  const numbers = sides.map((side) => Number((side ?? '').trim().replace(',', '.') || Number.NaN))
  const read = searchInput.shape.bbox.safeParse(numbers)
  return read.success ? { asked: { ...asked, bbox: read.data }, wrong: false } : { asked, wrong: true }
}
