import { z } from 'zod'
import type { FormState } from '../../platform/form.ts'
import { emptyForm } from '../../platform/form.ts'
import type { App, Call } from '../../platform/http.ts'
import { submit } from '../../platform/http.ts'
import { general } from '../../platform/problem.ts'
import { getOrganisation } from '../../identity/service.ts'
import { page, Section } from '../../web/layout.tsx'
import { Note } from '../../web/parts.tsx'
import { formValues } from '../editing/form.ts'
import { housesOf } from '../editing/pages.tsx'
import { EntryFormView, NoHouse } from '../editing/views.tsx'
import { PreviewParts } from '../entries/preview-views.tsx'
import { templateCsv, templateXlsx } from '../inventory/template.ts'
import { words } from '../messages.ts'
import { dropInput, entryForm, fileInput } from '../schema.ts'
import { messages } from './messages.ts'
import {
  confirmFile,
  confirmInventory,
  describeDataFile,
  draftInventory,
  getFileDraft,
  getInventoryDraft,
} from './service.ts'
import { DropForm, Findings, InventoryView, ListForm } from './views.tsx'

/** Dropping a data file and uploading an inventory. */
export function intakePages(app: App): void {
  app.get('/catalogue/drop', (c) => uploadPage(c, 'drop', emptyForm()))
  app.post('/catalogue/drop', (c) =>
    submit(c, dropInput, {
      slow: true,
      act: async (ctx, input) =>
        `/catalogue/drop/${(await describeDataFile(ctx, { ...input, publish: input.publish !== undefined })).id}`,
      invalid: (form) => uploadPage(c, 'drop', form, 422),
    }),
  )
  app.get('/catalogue/drop/:id', (c) => checkPage(c))
  app.post('/catalogue/drop/:id', (c) =>
    submit(c, entryForm, {
      act: async (ctx, form) => `/catalogue/datasets/${(await confirmFile(ctx, c.req.param('id'), form)).id}`,
      invalid: (form) => checkPage(c, form),
    }),
  )
  app.get('/catalogue/inventory', (c) => uploadPage(c, 'list', emptyForm()))
  app.get('/catalogue/inventory/template.csv', (c) => {
    c.header('content-type', 'text/csv; charset=utf-8')
    c.header('content-disposition', 'attachment; filename="dateninventar-vorlage.csv"')
    return c.body(templateCsv())
  })
  app.get('/catalogue/inventory/template.xlsx', async (c) => {
    c.header('content-type', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
    c.header('content-disposition', 'attachment; filename="dateninventar-vorlage.xlsx"')
    return c.body(Uint8Array.from(await templateXlsx()).buffer)
  })
  app.post('/catalogue/inventory', (c) =>
    submit(c, fileInput, {
      slow: true,
      act: async (ctx, input) => `/catalogue/inventory/${(await draftInventory(ctx, input)).id}`,
      invalid: (form) => uploadPage(c, 'list', form, 422),
    }),
  )
  app.get('/catalogue/inventory/:id', (c) => inventoryPage(c))
  app.post('/catalogue/inventory/:id', (c) =>
    submit(c, z.object({}), {
      slow: true,
      act: async (ctx) => {
        const draft = await getInventoryDraft(ctx, c.req.param('id'))
        await confirmInventory(ctx, draft.id)
        const house = await getOrganisation(ctx, draft.organisationId)
        return `/catalogue?holder=${encodeURIComponent(house.name)}&sort=newest`
      },
      invalid: () => inventoryPage(c),
    }),
  )
}

function crumbs(c: Call, label: string) {
  return [{ label: words[c.get('view').locale].room, href: '/catalogue' }, { label }]
}

async function uploadPage(
  c: Call,
  kind: 'drop' | 'list',
  form: FormState,
  status: 200 | 422 = 200,
): Promise<Response> {
  const ctx = c.get('ctx')
  const view = c.get('view')
  const text = messages[view.locale]
  if (ctx.actor.kind === 'anonymous') throw general.signIn()
  const { houses } = await housesOf(ctx)
  const title = kind === 'drop' ? text.dropTitle : text.listTitle
  const Upload = kind === 'drop' ? DropForm : ListForm
  return page(
    c,
    {
      title,
      room: 'catalogue',
      crumbs: crumbs(c, title),
      lead: kind === 'drop' ? text.dropLead : text.listLead,
      heading: 'x-large',
    },
    houses.length === 0 ? <NoHouse view={view} /> : <Upload view={view} form={form} houses={houses} />,
    status,
  )
}

async function checkPage(c: Call, failed?: FormState): Promise<Response> {
  const ctx = c.get('ctx')
  const view = c.get('view')
  const text = messages[view.locale]
  const draft = await getFileDraft(ctx, c.req.param('id') ?? '')
  const { houses, others } = await housesOf(ctx)
  const use = {
    mode: 'new' as const,
    action: `/catalogue/drop/${draft.id}`,
    back: '/catalogue/drop',
    houses: houses.filter((house) => house.id === draft.organisationId),
    others,
  }
  const form = failed ?? emptyForm({ ...formValues(draft.record), visibility: 'public' })
  return page(
    c,
    {
      title: text.checkTitle,
      room: 'catalogue',
      crumbs: crumbs(c, text.checkTitle),
      lead: text.checkLead({ name: view.quote(draft.name) }),
      heading: 'x-large',
      robots: 'noindex',
      islands: ['enhance'],
    },
    <div class="al-stack--l">
      <Note icon="file">{draft.kept ? text.kept : text.notKept}</Note>
      <Findings view={view} findings={draft.findings} />
      {draft.preview ? (
        <Section plain title={text.shown}>
          <PreviewParts view={view} preview={draft.preview} holder />
        </Section>
      ) : null}
      <EntryFormView view={view} form={form} use={use} />
    </div>,
    failed ? 422 : 200,
  )
}

async function inventoryPage(c: Call): Promise<Response> {
  const view = c.get('view')
  const text = messages[view.locale]
  const draft = await getInventoryDraft(c.get('ctx'), c.req.param('id') ?? '')
  return page(
    c,
    {
      title: text.foundTitle,
      room: 'catalogue',
      crumbs: crumbs(c, text.foundTitle),
      lead: text.foundLead({ name: view.quote(draft.name), n: view.number(draft.rows.length) }),
      heading: 'x-large',
      robots: 'noindex',
    },
    <InventoryView view={view} draft={draft} />,
  )
}
