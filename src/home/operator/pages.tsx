import type { App, Call } from '../../platform/http.ts'
import { page } from '../../web/layout.tsx'
import { ButtonLink, Code, Empty, Facts, LinkArrow, Note } from '../../web/parts.tsx'
import { Pagination } from '../../web/pagination.tsx'
import { DataTable } from '../../web/table.tsx'
import type { View } from '../../platform/view.ts'
import { messages } from '../messages.ts'
import type { Condition } from '../service.ts'
import { listMails, readCondition, readMail } from '../service.ts'
import { messages as ownMessages } from './messages.ts'

/** Pages for whoever runs the hub: condition and outbox. */
export function operatorPages(app: App): void {
  app.get('/operator', conditionPage)
  app.get('/operator/outbox', outboxPage)
  app.get('/operator/outbox/:id', mailPage)
}

async function conditionPage(c: Call): Promise<Response> {
  const view = c.get('view')
  const m = messages[view.locale].operator
  const now = await readCondition(c.get('ctx'))
  return page(
    c,
    { title: m.title, crumbs: [{ label: m.title }], lead: m.lead, heading: 'x-large', robots: 'noindex' },
    <div class="al-stack--l">
      <section aria-labelledby="jobs">
        <h2 class="kern-heading-large" id="jobs">
          {m.jobs}
        </h2>
        <div class="al-gap-4">
          <Facts
            items={[
              { value: view.number(now.jobs.waiting), label: m.waiting },
              { value: view.number(now.jobs.running), label: m.running },
              { value: view.number(now.jobs.failed), label: m.failed },
              { value: view.number(now.mails), label: m.mails },
            ]}
          />
        </div>
        <LinkArrow href={view.href('/operator/outbox')}>{m.outbox}</LinkArrow>
      </section>
      <section aria-labelledby="register">
        <h2 class="kern-heading-large" id="register">
          {m.register}
        </h2>
        <p>{`${view.number(now.entries)} ${m.registerEntries}`}</p>
        <LinkArrow href={view.href('/transparency/verify')}>{m.check}</LinkArrow>
      </section>
      <section aria-labelledby="database">
        <h2 class="kern-heading-large" id="database">
          {m.database}
        </h2>
        <Note icon="info" title={now.embedded ? m.embedded : m.server}>
          {now.embedded ? m.embeddedText : m.serverText}
        </Note>
        {now.embedded ? <BackupLine view={view} backup={now.backup} /> : null}
      </section>
    </div>,
  )
}

function BackupLine({ view, backup }: { view: View; backup: Condition['backup'] }) {
  const m = ownMessages[view.locale]
  const size = view.bytes(backup?.size ?? 0)
  return (
    <p class="al-gap-4">
      <b>{backup ? m.backup({ when: view.dateTime(backup.at), size }) : m.none}</b> {m.how}
    </p>
  )
}

async function outboxPage(c: Call): Promise<Response> {
  const view = c.get('view')
  const m = messages[view.locale].operator
  const cursor = c.req.query('cursor')
  const mails = await listMails(c.get('ctx'), cursor)
  const smtp = !!c.get('ctx').config.smtpUrl
  return page(
    c,
    {
      title: m.outbox,
      crumbs: [{ label: m.title, href: '/operator' }, { label: m.outbox }],
      lead: smtp ? m.outboxSmtp : m.outboxLead,
      heading: 'x-large',
      robots: 'noindex',
    },
    mails.length === 0 && !cursor ? (
      <Empty title={m.outboxEmpty} />
    ) : (
      <div class="al-stack">
        <DataTable
          view={view}
          caption={m.outbox}
          quietCaption
          stack
          card
          rows={mails}
          columns={[
            {
              label: m.outbox,
              header: true,
              cell: (mail) => <a href={view.href(`/operator/outbox/${mail.id}`)}>{mail.subject}</a>,
            },
            { label: m.to, cell: (mail) => mail.to },
            { label: m.queued, cell: (mail) => view.dateTime(mail.at) },
          ]}
        />
        <Pagination
          view={view}
          path="/operator/outbox"
          query={{}}
          next={mails.length === 30 ? mails.at(-1)!.id : undefined}
          first={!cursor}
        />
      </div>
    ),
  )
}

async function mailPage(c: Call): Promise<Response> {
  const view = c.get('view')
  const m = messages[view.locale].operator
  const mail = await readMail(c.get('ctx'), c.req.param('id') ?? '')
  return page(
    c,
    {
      title: mail.subject,
      crumbs: [
        { label: m.title, href: '/operator' },
        { label: m.outbox, href: '/operator/outbox' },
        { label: mail.subject },
      ],
      lead: `${m.to} ${mail.to}, ${view.dateTime(mail.at)}`,
      heading: 'x-large',
      robots: 'noindex',
    },
    <div class="al-stack">
      <Code label={mail.subject}>{linked(mail.text)}</Code>
      <ButtonLink href={view.href('/operator/outbox')} variant="secondary">
        {m.back}
      </ButtonLink>
    </div>,
  )
}

/** The mail's text with its addresses as links, so that a demo can be clicked through without a mail program. */
function linked(text: string) {
  return text.split(/(https?:\/\/[^\s<>]+)/).map((piece, i) => (i % 2 ? <a href={piece}>{piece}</a> : piece))
}
