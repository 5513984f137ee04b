import type { App, Call } from '../../platform/http.ts'
import { rateLimit } from '../../platform/http.ts'
import { page } from '../../web/layout.tsx'
import { Empty, LinkArrow, Note } from '../../web/parts.tsx'
import { crumbsTo } from '../entries/pages.tsx'
import { PreviewParts } from '../entries/preview-views.tsx'
import { textIn } from '../model.ts'
import { messages } from './messages.ts'
import type { FilePreview } from './service.ts'
import { previewFile } from './service.ts'

/** The preview of one file of an entry. Each fetches from elsewhere, so an address may ask for few. */
export function previewPages(app: App): void {
  const limit = rateLimit({ max: 30, seconds: 60 })
  app.get('/catalogue/datasets/:id/preview/:position{\\d{1,3}}', limit, async (c) =>
    previewPage(c, await previewFile(c.get('ctx'), c.req.param('id'), Number(c.req.param('position')))),
  )
}

function previewPage(c: Call, file: FilePreview): Promise<Response> {
  const view = c.get('view')
  const text = messages[view.locale]
  const name = textIn(file.distribution.title, view.locale) || file.distribution.format || file.entry.title
  return page(
    c,
    {
      title: `${text.title}: ${name}`,
      room: 'catalogue',
      crumbs: [...crumbsTo(c, file.entry), { label: text.title }],
      lead: text.lead({ title: view.quote(file.entry.title) }),
      heading: 'x-large',
      robots: 'noindex',
      islands: ['enhance'],
    },
    <div class="al-stack--l">
      {file.preview ? (
        <PreviewParts view={view} preview={file.preview} holder={false} />
      ) : (
        <Empty
          title={text.nothing}
          action={
            <a href={file.url} rel="nofollow">
              {text.open}
            </a>
          }
        >
          {text.nothingText}
        </Empty>
      )}
      <Notes c={c} file={file} />
      <LinkArrow href={view.href(`/catalogue/datasets/${file.entry.id}`)}>{text.back}</LinkArrow>
    </div>,
  )
}

function Notes({ c, file }: { c: Call; file: FilePreview }) {
  const view = c.get('view')
  const text = messages[view.locale]
  return (
    <div>
      {file.findings.length > 0 ? (
        <Note icon="info" title={text.notes}>
          <ul class="al-list">
            {file.findings.slice(0, 10).map((each) => (
              <li>{each.text[view.locale]}</li>
            ))}
          </ul>
        </Note>
      ) : null}
      <p class="al-small al-muted al-gap-3">
        {file.preview ? (file.partial ? text.partial : text.whole) : null}{' '}
        {text.fetched({ when: view.dateTime(file.fetchedAt), host: new URL(file.url).host })}{' '}
        {file.preview ? (
          <a href={file.url} rel="nofollow">
            {text.open}
          </a>
        ) : null}
      </p>
    </div>
  )
}
