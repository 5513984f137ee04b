import type { App } from '../../platform/http.ts'
import { localise } from '../../platform/i18n.ts'
import { SearchForm } from '../../web/search-forms.tsx'
import { page } from '../../web/layout.tsx'
import { ButtonLink, Chip, Empty } from '../../web/parts.tsx'
import { Result } from '../../web/text-parts.tsx'
import { messages } from '../messages.ts'
import { searchSchema } from '../schema.ts'
import { searchAll } from '../service.ts'

/** Two to three lines say what a hit is about; longer texts end at a word. */
function shorten(text: string): string {
  if (text.length <= 240) return text
  const cut = text.slice(0, 240)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), 200))} …`
}

/** The search over all rooms. */
export function searchPages(app: App): void {
  app.get('/search', async (c) => {
    const view = c.get('view')
    const m = messages[view.locale].search
    const { q } = searchSchema.parse(c.req.query())
    const hits = await searchAll(c.get('ctx'), q)
    return page(
      c,
      { title: m.title, crumbs: [{ label: m.title }], lead: m.lead, heading: 'x-large', robots: 'noindex' },
      <div class="al-stack--l">
        <SearchForm view={view} action="/search" name="q" label={m.label} value={q} submit={m.submit} />
        {q && hits.length > 0 ? (
          <section aria-labelledby="hits">
            <h2 class="kern-heading-large" id="hits">
              {m.results({ n: hits.length, q })}
            </h2>
            <div class="al-gap-4">
              {hits.map((hit) => (
                <Result
                  title={hit.title}
                  href={view.href(hit.href)}
                  text={shorten(hit.text)}
                  chips={<Chip>{localise(hit.kind, view.locale)}</Chip>}
                />
              ))}
            </div>
          </section>
        ) : null}
        {q && hits.length === 0 ? (
          <Empty
            title={m.none({ q })}
            action={
              <ButtonLink
                href={view.href(`/questions/new?title=${encodeURIComponent(q)}`)}
                variant="secondary"
              >
                {messages[view.locale].start.submit}
              </ButtonLink>
            }
          >
            {m.noneHint}
          </Empty>
        ) : null}
      </div>,
    )
  })
}
