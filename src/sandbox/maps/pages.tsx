import { z } from 'zod'
import type { FormState } from '../../platform/form.ts'
import type { App, Call } from '../../platform/http.ts'
import { submit } from '../../platform/http.ts'
import { requirePermission } from '../../platform/permission.ts'
import { FileField, TextField } from '../../web/fields.tsx'
import { Buttons, ConfirmButton, Form, SecondaryLink, Submit } from '../../web/forms.tsx'
import { page } from '../../web/layout.tsx'
import type { PageStatus } from '../../web/layout.tsx'
import { loadRoom } from '../access/service.ts'
import { policy } from '../policy.ts'
import { crumbsOf } from '../queries/pages.tsx'
import { addMapSchema } from '../notebooks/schema.ts'
import { messages } from './messages.ts'
import { addMap, listMaps, maxMapBytes, removeMap } from './service.ts'

const upload = addMapSchema.pick({ title: true }).extend({ file: z.instanceof(File) })

/** Outlines of a workspace: add, see, put away. */
export function mapPages(app: App): void {
  app.get('/sandbox/workspaces/:id/maps', (c) => mapsPage(c))
  app.post('/sandbox/workspaces/:id/maps', (c) => {
    const workspaceId = c.req.param('id')
    return submit(c, upload, {
      slow: true,
      act: async (ctx, { title, file }) => {
        const geojson = file.size > maxMapBytes ? '{}' : await file.text()
        await addMap(ctx, { workspaceId, title, geojson })
        return `/sandbox/workspaces/${workspaceId}/maps`
      },
      invalid: (form) => mapsPage(c, form, 422),
    })
  })
  app.post('/sandbox/workspaces/:id/maps/:map/remove', (c) => {
    const { id, map } = c.req.param()
    return submit(c, z.object({}), {
      act: async (ctx) => {
        await removeMap(ctx, id, map)
        return `/sandbox/workspaces/${id}/maps`
      },
      invalid: () => mapsPage(c),
    })
  })
}

async function mapsPage(c: Call, form?: FormState, status: PageStatus = 200): Promise<Response> {
  const ctx = c.get('ctx')
  const view = c.get('view')
  const t = messages[view.locale]
  const room = await loadRoom(ctx, c.req.param('id') ?? '')
  requirePermission(ctx, policy, 'keep', { organisationIds: room.analysts })
  const action = `/sandbox/workspaces/${room.workspace.id}/maps`
  const maps = await listMaps(ctx, room)
  return page(
    c,
    {
      title: t.title,
      room: 'sandbox',
      heading: 'x-large',
      lead: t.lead,
      crumbs: crumbsOf(c, room, t.title),
      robots: 'noindex',
    },
    <div class="al-stack">
      {maps.length === 0 ? <p class="al-muted">{t.none}</p> : null}
      {maps.map((map) => (
        <div class="al-row al-row--between">
          <span>
            <b>{map.title}</b>, {t.areas({ n: view.number(map.geo.features.length) })}
          </span>
          <ConfirmButton
            view={view}
            action={`${action}/${map.id}/remove`}
            label={t.remove}
            question={t.removeQuestion}
            confirm={t.remove}
          />
        </div>
      ))}
      <Form view={view} action={action} form={form} files>
        <TextField name="title" label={t.name} hint={t.nameHint} maxlength={120} required />
        <FileField
          name="file"
          label={t.file}
          hint={t.fileHint({ limit: view.bytes(maxMapBytes) })}
          accept=".geojson,.json"
          required
        />
        <Buttons>
          <Submit>{t.add}</Submit>
          <SecondaryLink href={view.href(`/sandbox/workspaces/${room.workspace.id}`)}>{t.back}</SecondaryLink>
        </Buttons>
      </Form>
    </div>,
    status,
  )
}
